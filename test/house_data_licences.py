#!/usr/bin/env python3
"""Every file of test data is named, with its licence, in test/data/README.md; and what makes the
project usable at all is there. Usage: house_data_licences.py ROOT"""
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
data = root / "test/data"
table = (data / "README.md").read_text()
failures = []
for path in sorted(data.rglob("*")):
    name = path.relative_to(data).as_posix()
    if path.is_dir() or name == "README.md":
        continue
    rows = [line for line in table.splitlines() if f"`{name}`" in line and line.count("|") >= 4]
    if not rows:
        failures.append(f"test/data/{name} has no line in test/data/README.md")
    elif not name.endswith("LICENSE.txt") and not rows[0].split("|")[3].strip():
        failures.append(f"test/data/{name} has no licence in test/data/README.md")
for name in ["LICENSE", "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md"]:
    if not (root / name).is_file():
        failures.append(f"there is no {name}")
if "Apache License" not in (root / "LICENSE").read_text():
    failures.append("LICENSE is not the Apache License")
print("\n".join(failures) or "every file of test data names its licence")
sys.exit(1 if failures else 0)
