#!/usr/bin/env python3
"""Counts test cases of a report and prints one line per suite: `count-tests.py ctest|doctest|vitest REPORT NAME`.

ctest: a JUnit file of ctest whose outputs hold doctest's summary; a program without one counts as one case.
doctest: what one of its programs said, with -d for the seconds.
vitest: a file of vitest's json reporter. A report that is missing or empty counts as one failure.
The last line of the output is `PASSED FAILED`, for the caller. Failed cases are named before.
"""
import json
import re
import sys
import xml.etree.ElementTree as xml


def row(name, passed, failed, skipped, seconds):
    print(f"  {name:<28} {passed:>5} passed {failed:>3} failed" + (f" {skipped:>3} skipped" if skipped else "") + f"  {seconds:6.1f} s")


def ctest(report):
    passed = failed = 0
    for case in xml.parse(report).getroot().iter("testcase"):
        output = case.findtext("system-out") or ""
        ok = case.get("status") == "run" and case.find("failure") is None
        summary = re.search(r"test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed", re.sub(r"\x1b\[[0-9;]*m", "", output))
        good, bad = (int(summary.group(2)), int(summary.group(3))) if summary else (int(ok), int(not ok))
        if not ok and bad == 0:
            bad = 1
        row(case.get("name"), good, bad, 0, float(case.get("time") or 0))
        passed, failed = passed + good, failed + bad
    return passed, failed


def doctest(report, name):
    with open(report, encoding="utf-8", errors="replace") as handle:
        text = re.sub(r"\x1b\[[0-9;]*m", "", handle.read())
    summary = re.search(r"test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed", text)
    passed, failed = (int(summary.group(2)), int(summary.group(3))) if summary else (0, 1)
    row(name, passed, failed, 0, sum(float(seconds) for seconds in re.findall(r"^([0-9.]+) s: ", text, re.MULTILINE)))
    return passed, failed


def vitest(report, name):
    with open(report, encoding="utf-8") as handle:
        found = json.load(handle)
    failed = found["numFailedTests"]
    for file in found["testResults"]:
        broken = file["status"] == "failed" and not any(case["status"] == "failed" for case in file["assertionResults"])
        if broken:  # the file itself did not load
            failed += 1
            print(f"    failed: {file['name']}: {(file.get('message') or '').splitlines()[:1]}")
        for case in file["assertionResults"]:
            if case["status"] == "failed":
                print(f"    failed: {case['fullName']}: {(case['failureMessages'] or [''])[0].splitlines()[:1]}")
    times = [(file["startTime"], file["endTime"]) for file in found["testResults"]]
    seconds = (max(end for _, end in times) - min(begin for begin, _ in times)) / 1000 if times else 0
    row(name, found["numPassedTests"], failed, found.get("numPendingTests", 0), seconds)
    if found["numPassedTests"] + failed == 0:
        failed = 1
    return found["numPassedTests"], failed


def main():
    kind, report, name = sys.argv[1:4]
    try:
        passed, failed = ctest(report) if kind == "ctest" else {"doctest": doctest, "vitest": vitest}[kind](report, name)
        if passed + failed == 0:
            raise ValueError("no test ran")
    except (OSError, ValueError, KeyError, xml.ParseError) as error:
        print(f"  {name}: no report ({error})")
        passed, failed = 0, 1
    print(passed, failed)


if __name__ == "__main__":
    main()
