"""`./portal test`: the whole suite in parallel with the coverage bars, or whatever pytest is asked for."""

import json
import os
import sys
import tempfile
from pathlib import Path

import coverage
import pytest


# Fully covered: a mistake here is a wrong figure or an open door.
FULL = ("p3pd_portal/lib/", "/actions/", "/aggregation/", "permissions.py")
OVERALL = 95


def main(args: list[str]) -> int:
    """Run pytest; without a path or selection also in parallel and against the coverage bars."""
    lengkap = "--lengkap" in args
    if [arg for arg in args if arg != "--lengkap"]:
        return int(pytest.main(args))
    # Coverage written by the subprocesses of a killed run must not count for this one.
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COVERAGE_FILE"] = str(Path(folder) / "coverage")
        workers = str(min(4, os.cpu_count() or 2))
        options = ["-n", workers, "--dist", "loadgroup", "--cov", "--cov-report=", "-q"]
        status = int(pytest.main([*options, *(["--lengkap"] if lengkap else [])]))
        return status or check_coverage(Path(folder))


def check_coverage(folder: Path) -> int:
    """0 when both bars hold; otherwise 1, after a line for every file that is below."""
    report = folder / "coverage.json"
    measured = coverage.Coverage()
    measured.load()
    measured.json_report(outfile=str(report))
    data = json.loads(report.read_text())
    total = data["totals"]["percent_covered"]
    short = {
        name: file["missing_lines"] + [f"{a}→{b}" for a, b in file["missing_branches"]]
        for name, file in data["files"].items()
        if any(part in name for part in FULL) and file["summary"]["percent_covered"] < 100
    }
    for name, missing in short.items():
        print(f"cakupan uji belum 100 %: {name}: {missing}")
    print(f"cakupan uji seluruhnya {total:.1f} % (batas {OVERALL} %)")
    return int(bool(short) or total < OVERALL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
