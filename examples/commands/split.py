#!/usr/bin/env python3
"""split.py TEXT PART...: deals the lines of a text out to the parts."""
import sys

text, *parts = sys.argv[1:]
lines = open(text).read().splitlines(keepends=True)
for index, part in enumerate(parts):
    with open(part, "w") as file:
        file.writelines(lines[index :: len(parts)])
