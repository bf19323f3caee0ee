#!/usr/bin/env python3
"""count.py TEXT COUNTS: how often each word occurs, one to a line."""
import collections
import re
import sys

text, counts = sys.argv[1:]
words = collections.Counter(re.findall(r"[a-z']+", open(text).read().lower()))
with open(counts, "w") as file:
    for word, count in sorted(words.items()):
        print(count, word, file=file)
