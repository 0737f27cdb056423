#!/usr/bin/env python3
"""Checks the rules of ARCHITECTURE.md that a compiler does not check: who may include whom, what pure folders must not
touch, and a few traps of our compiler. Every message is `file:line: [rule] what is wrong; what to write instead`.

    scripts/tidy.py               checks the tree, exit 1 when there is a finding
    scripts/tidy.py --self-test   plants one violation per rule in a scratch tree and sees that each is found

Standard library only. Rules are the tables below: a new folder or library is a new row.
"""
import os
import re
import sys
import tempfile
import time

# Which of our folders a folder may include (itself always). A trailing /* stands for every folder below.
# Adapters include their own core and protocols, never a sibling adapter; the three programs meet only in protocols/.
PROTOCOLS = ["protocols/base", "protocols/wire", "protocols/dlt645", "protocols/cjt188", "protocols/modbus"]
MAY_INCLUDE = {
    "protocols/base": [],
    "protocols/wire": ["protocols/base"],
    "protocols/mqtt": ["protocols/base"],
    "protocols/pki": [],
    "protocols/dlt645": ["protocols/base"],
    "protocols/cjt188": ["protocols/base"],
    "firmware-sim/devices": ["protocols/base", "protocols/dlt645", "protocols/cjt188", "protocols/modbus"],
    "protocols/modbus": ["protocols/base"],
    "firmware-sim/station": ["firmware-sim/devices", "protocols/base", "protocols/wire"],
    "firmware-sim/ports": ["firmware-sim/devices", "firmware-sim/station", "protocols/mqtt", *PROTOCOLS],
    "firmware-sim/app": ["firmware-sim/*", "protocols/*"],
    "gateway/core": PROTOCOLS,
    "gateway/drivers": ["gateway/core", *PROTOCOLS],
    "gateway/spool": ["gateway/core", *PROTOCOLS],
    "gateway/uplink": ["gateway/core", "protocols/mqtt", "protocols/pki", *PROTOCOLS],
    "gateway/local": ["gateway/core", *PROTOCOLS],
    "gateway/releases": ["gateway/core", *PROTOCOLS],
    "gateway/start": ["gateway/core", "gateway/releases", *PROTOCOLS],
    "gateway/app": ["gateway/*", "protocols/*"],
    "platform/domain": ["protocols/base", "protocols/wire"],
    "platform/catalog": ["platform/domain", "protocols/base", "protocols/wire"],
    "platform/store": ["platform/domain", "platform/catalog", "protocols/base", "protocols/wire"],
    "platform/ingest": ["platform/domain", "protocols/base", "protocols/wire", "protocols/mqtt"],
    "platform/http": ["platform/domain", "platform/catalog", "protocols/base", "protocols/wire"],
    "platform/sheets": ["platform/domain", "protocols/base"],
    "platform/jobs": ["platform/domain", "protocols/base"],
    "platform/messages": ["platform/domain", "protocols/base", "protocols/wire"],
    "platform/app": ["platform/*", "protocols/*"],
}

# Pure: functions of their arguments. No IO, clock, randomness, globals, logging or threads.
PURE = ["protocols/base", "protocols/wire", "protocols/dlt645", "protocols/cjt188", "protocols/modbus", "gateway/core", "platform/domain", "platform/catalog", "firmware-sim/devices",
        "firmware-sim/station"]
# Money and energy are integers with a type; these folders have no use for a floating-point number at all.
EXACT = ["protocols/base", "protocols/wire", "protocols/cjt188", "protocols/modbus", "platform/domain", "platform/store", "platform/ingest", "gateway/core"]

# Foreign headers: pattern, the only folders that may include them, what to do instead.
ONLY_IN = [
    (r"boost/json/src\.hpp", ["protocols/wire/json_src.cpp"], "link protocols_wire, it holds the one copy of Boost.JSON"),
    (r"(mqtt/|MQTT)", ["protocols/mqtt"], "use protocols/mqtt/client.hpp, the one place where Paho is used"),
    (r"CLI/", ["gateway/app", "platform/app", "firmware-sim/app"], "read the command line in app/ and pass a struct"),
    (r"toml\+\+/", ["gateway/app", "gateway/core/toml_tree.cpp", "platform/app", "firmware-sim/app"],
     "read configuration in app/ and pass a struct; the gateway's core reads TOML texts through gateway/core/toml_tree.hpp"),
    (r"(xlsxwriter\.h|expat\.h|minizip/|iconv\.h)", ["platform/sheets", "tests/"],
     "spreadsheets are read and written in platform/sheets behind platform/domain/sheet.hpp"),
    (r"curl/", ["platform/messages"], "what leaves the house goes through platform/messages behind platform/domain/messages.hpp"),
    (r"soci/", ["platform/store", "tests/"], "SQL of the platform lives in platform/store behind a port of platform/domain"),
    (r"libpq-fe\.h", ["platform/store", "tests/bench"], "the engine of platform/store is the one place that knows PostgreSQL; benchmarks measure it beside libpq alone"),
    (r"(SQLiteCpp/|sqlite3\.h)", ["gateway/spool", "tests/"],
     "SQLiteCpp belongs to the gateway's spool; on the platform use SOCI inside platform/store"),
    (r"tl/expected\.hpp", ["protocols/base"], "use base::Result from protocols/base/result.hpp"),
    (r"doctest/", ["tests/"], "tests live below tests/"),
]

# Headers that no pure folder includes; protocols/wire alone may use Boost.JSON, and sodium for its code.
IMPURE_HEADERS = [
    (r"<(thread|mutex|shared_mutex|atomic|future|condition_variable|semaphore|stop_token|barrier|latch)>", [],
     "one owner per state; threads live in the shell"),
    (r"<(iostream|fstream|filesystem|print|syncstream)>", [], "return a value; the shell prints, reads and writes"),
    (r"<(unistd\.h|fcntl\.h|poll\.h|termios\.h|pty\.h|signal\.h|csignal|sys/[a-z]+\.h|netinet/.*|arpa/.*)>", [],
     "an adapter that implements a port"),
    (r"[<\"]spdlog/", [], "a returned value or an action; the shell logs"),
    (r"[<\"]boost/(asio|beast)", [], "bytes in and out; the shell owns sockets and coroutines"),
    (r"[<\"]boost/json", ["protocols/wire"], "a struct of protocols/wire"),
    (r"[<\"]nlohmann/", [], "a struct of protocols/wire"),
    (r"[<\"](soci|SQLiteCpp)/|sqlite3\.h", [], "a port of the core, implemented by an adapter"),
    (r"[<\"](sodium|openssl/)", ["protocols/wire"], "bytes computed by the shell and passed in"),
]

# Words that no pure folder uses.
IMPURE_WORDS = [
    (r"\b(system_clock|steady_clock|high_resolution_clock|gettimeofday|clock_gettime|localtime\w*|gmtime\w*)\b|\bstd::time\s*\(",
     "clock", "take base::UtcMillis now as a parameter"),
    (r"\b(random_device|srand|getrandom|arc4random\w*|randombytes_\w+)\b|\b(std::)?rand\s*\(\s*\)", "random",
     "take a seeded generator or the drawn value as a parameter"),
    (r"\bstd::(jthread|thread|mutex|async|atomic\w*)\b|\bthread_local\b", "thread", "one owner per state; threads live in the shell"),
    (r"\bstd::(cout|cerr|clog|ofstream|ifstream)\b|\b(f|w)?printf\s*\(|\bgetenv\s*\(", "io",
     "return a value; the shell prints, reads and writes"),
    (r"\bspdlog::", "log", "return a value or an action; the shell logs"),
    (r"\b(co_await|co_return)\b", "coroutine", "step(state, event, now) -> actions; coroutines live in the shell"),
    (r"\bthrow\b", "throw", "return base::fail(Errc::…)"),
]

SOURCE = (".cpp", ".hpp")
TEXT = SOURCE + (".ts", ".tsx", ".py", ".sql", ".cmake", ".toml", ".sh")
ROOTS = ["protocols", "gateway", "platform", "firmware-sim", "tests", "scripts", "web/src", "cmake"]
SKIP = {"node_modules", "dist", "build", "__pycache__", ".git", "data", "corpus"}
LEFT_OVERS = re.compile(r"\b(" + "|".join(["FIX" + "ME", "TO" + "DO", "XX" + "X", "HA" + "CK"]) + r")\b")


def files_of(root):
    """All text files of ours, as paths relative to root."""
    for top in ROOTS:
        for folder, folders, names in os.walk(os.path.join(root, top)):
            folders[:] = sorted(f for f in folders if f not in SKIP)
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), root)
                if name.endswith(TEXT) or name == "CMakeLists.txt" or (top == "scripts" and "." not in name):
                    yield path.replace(os.sep, "/")


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


TOKENS = re.compile(
    r'R"([^()\\ ]{0,16})\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/', re.S)


def code_of(text, strings=False):
    """The text with comments and string literals blanked out; line numbers and offsets stay. strings: keep literals."""
    def replace(match):
        token = match.group(0)
        if token.startswith(("//", "/*")):
            return blank(match)
        return token if strings else '"' + " " * (len(token) - 2) + '"' if "\n" not in token else blank(match)
    return TOKENS.sub(replace, text)


def folder_of(path, folders):
    found = [f for f in folders if path == f or path.startswith(f.rstrip("/") + "/")]
    return max(found, key=len) if found else None


def allowed(target, patterns):
    return any(target == p or (p.endswith("/*") and target.startswith(p[:-1])) for p in patterns)


class Findings:
    def __init__(self):
        self.rows = []

    def add(self, path, line, rule, text):
        self.rows.append((path, line, rule, text))


INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"\n]+)[>"]', re.M)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def check_includes(path, text, edges, findings):
    folder = folder_of(path, MAY_INCLUDE)
    pure = folder_of(path, PURE)
    for match in INCLUDE.finditer(code_of(text, strings=True)):
        quote, target = match.groups()
        line = line_of(text, match.start(2))
        whole = f"{quote}{target}{'>' if quote == '<' else quote}"
        ours = folder_of(target, list(MAY_INCLUDE) + ["protocols", "gateway", "platform", "firmware-sim", "tests"])
        if quote == '"' and ours is None:
            findings.add(path, line, "include-path", f'"{target}" is not a path from the root; write "protocols/base/money.hpp"')
        if folder and quote == '"' and ours and ours != folder:
            if not allowed(ours, MAY_INCLUDE[folder]):
                reach = ", ".join(MAY_INCLUDE[folder]) or "nothing of ours"
                findings.add(path, line, "layer", f'{folder} must not include "{target}"; it may include {reach}; '
                             "share a type through protocols/, or wire both in app/")
            elif edges and ours not in edges.get(folder, {ours}):
                findings.add(path, line, "cmake-edge", f"{folder} includes {ours}, but its library does not link it; "
                             f"add the dependency in {path.split('/')[0]}/CMakeLists.txt")
        for pattern, places, instead in ONLY_IN:
            if re.match(pattern, target) and not target.startswith("mqtt/client.hpp/") \
                    and not any(path == p or path.startswith(p.rstrip("/") + "/") for p in places):
                findings.add(path, line, "only-in", f"{target} may be included only in {', '.join(places)}; {instead}")
        if pure:
            for pattern, exempt, instead in IMPURE_HEADERS:
                if re.match(pattern, whole) and pure not in exempt:
                    findings.add(path, line, "pure", f"{pure} is pure and must not include {whole}; instead: {instead}")


def check_words(path, code, findings):
    pure = folder_of(path, PURE)
    if pure:
        for pattern, name, instead in IMPURE_WORDS:
            for match in re.finditer(pattern, code):
                findings.add(path, line_of(code, match.start()), f"pure-{name}",
                             f"'{match.group(0).strip()}' in {pure}, which is pure; instead: {instead}")
    exact = folder_of(path, EXACT)
    if exact:
        for match in re.finditer(r"\b(float|double)\b", code):
            findings.add(path, line_of(code, match.start()), "exact",
                         f"'{match.group(0)}' in {exact}; use Money, Quantity, Price, or integers with the unit in the name")


def check_pragma(path, text, findings):
    if path.endswith(".hpp") and not re.search(r"^#pragma once\s*$", text, re.M):
        findings.add(path, 1, "pragma-once", "a header starts with '#pragma once'")


def lambda_captures(code, at):
    """If the '[' at `at` opens a lambda: (its capture list, offset behind the ']'), else None."""
    before = code[:at].rstrip()
    if code[at + 1:at + 2] == "[" or before[-1:] == "[" or re.search(r"[\w)\]\"]$", before) and not re.search(r"\b(return|co_await|co_return|co_yield)$", before):
        return None
    end = code.find("]", at)
    return None if end < 0 else (code[at + 1:end], end + 1)


def check_co_await(path, code, findings):
    """F1: g++ 12 destroys a lambda with a value capture twice when it is written inside a co_await expression."""
    for match in re.finditer(r"\bco_await\b", code):
        depth, at = 0, match.end()
        while at < len(code):
            char = code[at]
            if char in "({":
                depth += 1
            elif char in ")}":
                depth -= 1
                if depth < 0:
                    break
            elif char == ";" and depth == 0:
                break
            elif char == "[":
                found = lambda_captures(code, at)
                if found:
                    captures = [c.strip() for c in found[0].split(",") if c.strip()]
                    if any(not c.startswith("&") and c != "this" for c in captures):
                        findings.add(path, line_of(code, at), "F1", "a lambda that captures by value inside a co_await expression "
                                     "is destroyed twice by g++ 12; name it first: auto task = [...]…; co_await f(std::move(task))")
                    at = skip_body(code, found[1])
                    continue
            at += 1


def skip_body(code, at):
    """Behind the body of the lambda whose capture list ended at `at`: its statements are expressions of their own."""
    begin = code.find("{", at)
    if begin < 0:
        return at
    depth = 0
    for offset in range(begin, len(code)):
        depth += {"{": 1, "}": -1}.get(code[offset], 0)
        if depth == 0:
            return offset + 1
    return len(code)


def check_text(path, text, findings):
    for match in LEFT_OVERS.finditer(text):
        findings.add(path, line_of(text, match.start()), "left-over", f"'{match.group(0)}' on main; finish it or write an issue")
    # Tests may say it, to show that it is refused.
    if path.endswith(SOURCE + (".sql", ".ts")) and not path.startswith("tests/"):
        statements = re.sub(r"--[^\n]*", blank, text) if path.endswith(".sql") else code_of(text, strings=True)
        for match in re.finditer(r"\bREPLACE\s+INTO\b|\bINSERT\s+OR\s+REPLACE\b", statements, re.I):
            findings.add(path, line_of(statements, match.start()), "sql-replace",
                         "REPLACE deletes the row and what hangs on it; write INSERT … ON CONFLICT … DO UPDATE")


# Questions of a session are narrowed to its organisation and sites by Question::within, nowhere by hand. The ledger's own look-ups,
# and what reads the rights that a scope is made of, have no session; a join over two columns is no condition.
SCOPED = "platform/store/"
UNSCOPED = {"platform/store/question.hpp", "platform/store/ledger_store.cpp", "platform/store/households.cpp", "platform/store/rights.cpp", "platform/store/settle.cpp"}
BY_HAND = re.compile(r"""\borganisation\s*=\s*(?:"|:\w|\?)|value\(\s*(?:\w+[.>-]+)*scope\.organisation\b""")


def check_scope(path, text, findings):
    if path.startswith(SCOPED) and path.endswith(SOURCE) and path not in UNSCOPED:
        code = code_of(text, strings=True)
        for match in BY_HAND.finditer(code):
            findings.add(path, line_of(code, match.start()), "scope",
                         "a condition on the organisation written by hand forgets the sites; write question.within(scope, alias)")


# web/: shared -> features -> app. A feature never imports another feature, shared code never a feature or the app.
WEB_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*['"]([^'"]+)['"]""")


def web_folder(path):
    parts = path.split("/")
    if parts[:2] != ["web", "src"] or len(parts) < 4:
        return None
    return "features/" + parts[3] if parts[2] == "features" else parts[2]


def check_web(path, text, findings):
    own = web_folder(path)
    if own is None or own == "app" or re.search(r"\.test\.tsx?$", path):
        return
    for match in WEB_IMPORT.finditer(text):
        target = match.group(1)
        if target.startswith("."):
            target = os.path.normpath(os.path.join(os.path.dirname(path), target)).replace(os.sep, "/")
        elif target.startswith("@/"):
            target = "web/src/" + target[2:]
        else:
            continue
        other = web_folder(target + "/x" if target.count("/") < 3 else target)
        if other is None or other == own:
            continue
        if other.startswith("features/") or other == "app":
            findings.add(path, line_of(text, match.start()), "web-layer",
                         f"{own} must not import {other}; move what both need to components/ or lib/, or combine them in app/")


CMAKE_RULE = re.compile(r"anju_(library|program)\(\s*(\S+)\s+([^\s)]+)([^)]*)\)")


def cmake_edges(root):
    """folder -> folders its library links, followed to the end. Empty when there is no CMake file (self-test)."""
    folder, direct = {}, {}
    for product in ["protocols", "gateway", "platform", "firmware-sim"]:
        file = os.path.join(root, product, "CMakeLists.txt")
        if os.path.exists(file):
            with open(file, encoding="utf-8") as handle:
                for _, name, place, rest in CMAKE_RULE.findall(re.sub(r"#[^\n]*", "", handle.read())):
                    folder[name], direct[name] = place, rest.split()
    reach = {}
    for name in direct:
        seen, open_ends = set(), [name]
        while open_ends:
            for other in direct.get(open_ends.pop(), []):
                if other in direct and other not in seen:
                    seen.add(other)
                    open_ends.append(other)
        reach[folder[name]] = {folder[other] for other in seen} | {folder[name]}
    return reach


def check_tree(root):
    findings = Findings()
    edges = cmake_edges(root)
    count = 0
    for path in files_of(root):
        with open(os.path.join(root, path), encoding="utf-8", errors="replace") as handle:
            text = handle.read()
        count += 1
        check_text(path, text, findings)
        if path.endswith(SOURCE):
            code = code_of(text)
            check_pragma(path, text, findings)
            check_includes(path, text, edges, findings)
            check_words(path, code, findings)
            check_co_await(path, code, findings)
            check_scope(path, text, findings)
        elif path.startswith("web/"):
            check_web(path, text, findings)
    return findings.rows, count


# Planted violations: path, text, the rule and line that must be reported.
PLANTED = [
    ("protocols/base/a.hpp", "// no pragma\n", "pragma-once", 1),
    ("protocols/base/b.cpp", '#include "protocols/wire/up.hpp"\n', "layer", 1),
    ("protocols/dlt645/a.cpp", '\n#include "platform/domain/ledger.hpp"\n', "layer", 2),
    ("gateway/core/a.cpp", '#include "gateway/spool/spool.hpp"\n', "layer", 1),
    ("gateway/spool/a.cpp", '#include "gateway/uplink/uplink.hpp"\n', "layer", 1),
    ("gateway/drivers/a.cpp", '#include "platform/domain/ledger.hpp"\n', "layer", 1),
    ("platform/http/a.cpp", '#include "platform/store/store.hpp"\n', "layer", 1),
    ("platform/domain/a.cpp", '#include "ledger.hpp"\n', "include-path", 1),
    ("platform/ingest/a.cpp", "#include <mqtt/async_client.h>\n", "only-in", 1),
    ("gateway/core/b.cpp", "#include <toml++/toml.h>\n", "only-in", 1),
    ("platform/http/b.cpp", "#include <soci/soci.h>\n", "only-in", 1),
    ("platform/http/f.cpp", "#include <curl/curl.h>\n", "only-in", 1),
    ("platform/store/a.cpp", "#include <sqlite3.h>\n", "only-in", 1),
    ("platform/http/e.cpp", "#include <libpq-fe.h>\n", "only-in", 1),
    ("platform/store/b.cpp", "#include <tl/expected.hpp>\n", "only-in", 1),
    ("gateway/app/a.cpp", "#include <boost/json/src.hpp>\n", "only-in", 1),
    ("platform/domain/b.cpp", "#include <fstream>\n", "pure", 1),
    ("platform/domain/c.cpp", "#include <thread>\n", "pure", 1),
    ("platform/domain/d.cpp", "#include <boost/json.hpp>\n", "pure", 1),
    ("gateway/core/c.cpp", "#include <spdlog/spdlog.h>\n", "pure", 1),
    ("gateway/core/d.cpp", "#include <boost/asio/awaitable.hpp>\n", "pure", 1),
    ("firmware-sim/devices/a.cpp", "#include <iostream>\n", "pure", 1),
    ("gateway/core/e.cpp", "\n\nauto t = std::chrono::steady_clock::now();\n", "pure-clock", 3),
    ("firmware-sim/devices/b.cpp", "std::random_device seed;\n", "pure-random", 1),
    ("platform/domain/e.cpp", "std::mutex m;\n", "pure-thread", 1),
    ("protocols/wire/a.cpp", 'void f() { std::printf("x"); }\n', "pure-io", 1),
    ("platform/domain/f.cpp", "void f() { throw 1; }\n", "pure-throw", 1),
    ("gateway/core/f.cpp", "double energy = 0;\n", "exact", 1),
    ("platform/store/c.cpp", "float balance;\n", "exact", 1),
    ("platform/store/d.cpp", 'auto q = "replace  into meter values (1)";\n', "sql-replace", 1),
    ("platform/store/e.cpp", 'q.text("SELECT 1 FROM meter m WHERE m.organisation = ").value(scope.organisation);\n', "scope", 1),
    ("platform/store/f.cpp", 'q.text("SELECT id FROM site WHERE code = ")\n    .value(code)\n    .value(scope.organisation);\n', "scope", 3),
    ("platform/store/g.cpp", 's << "DELETE FROM house WHERE organisation = :organisation", use(o);\n', "scope", 1),
    ("platform/store/migrations/1.sql", "INSERT OR REPLACE INTO meter VALUES (1);\n", "sql-replace", 1),
    ("gateway/app/b.cpp", "// " + "TO" + "DO later\n", "left-over", 1),
    ("scripts/x", "# " + "FIX" + "ME\n", "left-over", 1),
    ("gateway/drivers/b.cpp", "awaitable<int> f(std::string s) {\n  co_await offload(pool, [s] { return s.size(); });\n}\n", "F1", 2),
    ("gateway/drivers/c.cpp", "auto f() {\n  auto r = co_await co_spawn(ex, [x = std::move(y)]() mutable { return 1; }, use);\n}\n", "F1", 2),
    ("gateway/drivers/d.cpp", "auto f() {\n  co_await g([=] { return 1; });\n}\n", "F1", 2),
    ("web/src/features/meters/a.tsx", "import { x } from '../gateways/x';\n", "web-layer", 1),
    ("web/src/lib/a.ts", "import { x } from '@/features/meters/x';\n", "web-layer", 1),
]
# Text that must not be reported.
CLEAN = [
    ("gateway/drivers/e.cpp", "auto f() {\n  auto task = [s] { return s; };\n  co_await offload(pool, std::move(task));\n"
                              "  co_await g([&] { return h([s] { return s; }); });\n  co_await v[i];\n  co_await g([this] { return 1; });\n}\n"),
    ("gateway/core/g.cpp", '#include "gateway/core/plan.hpp"\n// a double check, system_clock\nauto s = "float throw printf(";\n'
                           "int n = 1'000'000; char q = '\"'; int m = 2'000;\n"),
    ("platform/ingest/b.cpp", '#include "protocols/mqtt/client.hpp"\n#include <boost/asio/post.hpp>\nawaitable<void> f() { co_return; }\n'),
    ("platform/store/h.cpp", '// organisation = ""\nq.text("FROM site t JOIN organisation o ON o.id = t.organisation WHERE ").within(scope, "t", "id");\n'
                             "user.organisation = row.integer();\n"),
    ("protocols/wire/b.cpp", "#include <boost/json/value.hpp>\n"),
    ("platform/store/migrations/2.sql", "-- INSERT OR REPLACE is refused too\nSELECT 1;\n"),
    ("tests/unit/platform/store/b_test.cpp", "auto q = \"INSERT OR REPLACE INTO meter VALUES (1)\";\n"),
    ("tests/unit/platform/store/a_test.cpp", '#include "platform/store/store.hpp"\n#include <doctest/doctest.h>\n#include <soci/soci.h>\n'),
    ("web/src/app/a.tsx", "import { x } from '../features/meters/x';\nimport { y } from '@/features/gateways/y';\n"),
    ("web/src/features/meters/b.tsx", "import { x } from './a';\nimport { y } from '../../lib/money';\n"),
]


def self_test():
    failures = []
    with tempfile.TemporaryDirectory() as root:
        for path, text, *_ in PLANTED + CLEAN:
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as handle:
                handle.write(text)
        # One edge that CMake does not have although the table allows it.
        with open(os.path.join(root, "platform/CMakeLists.txt"), "w", encoding="utf-8") as handle:
            handle.write("anju_library(platform_domain platform/domain protocols_base)\n")
        with open(os.path.join(root, "protocols/CMakeLists.txt"), "w", encoding="utf-8") as handle:
            handle.write("anju_library(protocols_base protocols/base)\nanju_library(protocols_wire protocols/wire protocols_base)\n")
        planted = PLANTED + [("platform/domain/g.cpp", '#include "protocols/wire/up.hpp"\n', "cmake-edge", 1)]
        with open(os.path.join(root, "platform/domain/g.cpp"), "w", encoding="utf-8") as handle:
            handle.write(planted[-1][1])
        rows, _ = check_tree(root)
    found = {(path, rule, line) for path, line, rule, _ in rows}
    for path, _, rule, line in planted:
        if (path, rule, line) not in found:
            failures.append(f"not found: {path}:{line} [{rule}]")
    clean = {path for path, _ in CLEAN}
    failures += [f"false alarm: {path}:{line} [{rule}] {text}" for path, line, rule, text in rows if path in clean]
    print("\n".join(failures) or f"tidy: {len(planted)} planted violations found, {len(clean)} clean files silent")
    return 1 if failures else 0


def main():
    if "--self-test" in sys.argv[1:]:
        return self_test()
    begin = time.monotonic()
    rows, count = check_tree(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    for path, line, rule, text in rows:
        print(f"{path}:{line}: [{rule}] {text}")
    print(f"tidy: {count} files, {len(rows)} findings, {time.monotonic() - begin:.1f} s")
    return 1 if rows else 0


if __name__ == "__main__":
    sys.exit(main())
