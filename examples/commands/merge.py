#!/usr/bin/env python3
"""merge.py TOTAL COUNTS...: adds up what count.py has counted, the most frequent word first."""
import collections
import sys

total, *parts = sys.argv[1:]
words = collections.Counter()
for part in parts:
    for line in open(part):
        count, word = line.split()
        words[word] += int(count)
with open(total, "w") as file:
    for word, count in sorted(words.items(), key=lambda entry: (-entry[1], entry[0])):
        print(count, word, file=file)
