#!/usr/bin/env python3
"""Hold scores above the best values reached so far.

    floors.py FLOORS.json EXTRACT.json LOOKUP.txt SEARCH.txt [--raise]

EXTRACT.json is `score.py --json`; the other two end in a line such as "40 of 45 lookup queries right". A score may lie
0.005 below its floor, which is noise. With --raise, floors that were passed are written back.
"""

import json
import re
import sys
from pathlib import Path

SLACK = 0.005


def extract_scores(path: Path) -> dict[str, float]:
    result = json.loads(path.read_text(encoding="utf-8"))
    scores = {f"{name}.f1": score["f1"] for name, score in result["categories"].items()}
    for group in ("details", "meeting"):
        prefix = "meeting." if group == "meeting" else ""
        scores |= {f"{prefix}{name}": score["accuracy"] for name, score in result[group].items()}
    return scores


def query_score(path: Path) -> float:
    told = re.search(r"^(\d+) of (\d+) \w+ queries right$", path.read_text(encoding="utf-8"), re.MULTILINE)
    if told is None:
        raise SystemExit(f"{path}: does not tell how many are right")
    return round(int(told[1]) / int(told[2]), 4)


def main(arguments: list[str]) -> int:
    raising = "--raise" in arguments
    floors_path, extract, lookup, search = (Path(a) for a in arguments if a != "--raise")
    floors = json.loads(floors_path.read_text(encoding="utf-8"))
    scores = extract_scores(extract) | {"lookup": query_score(lookup), "search": query_score(search)}
    fallen = [name for name, floor in floors.items() if scores.get(name, 0.0) < floor - SLACK]
    print(f"\n{'score':<28}{'now':>8}{'floor':>8}")
    for name, score in scores.items():
        floor = floors.get(name)
        mark = "  FALLEN" if name in fallen else "  higher" if floor is None or score > floor + SLACK else ""
        print(f"{name:<28}{score:>8.3f}{'' if floor is None else f'{floor:.3f}':>8}{mark}")
    if raising:
        best = {name: max(score, floors.get(name, 0.0)) for name, score in scores.items()}
        floors_path.write_text(json.dumps(best, indent=2) + "\n", encoding="utf-8")
    if fallen:
        print(f"\nfallen below the floor: {', '.join(fallen)}")
        return 1
    print(f"\nall {len(floors)} floors held")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
