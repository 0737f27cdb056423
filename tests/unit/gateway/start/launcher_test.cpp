#include "gateway/start/launcher.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "gateway/releases/release_folder.hpp"
#include "tests/unit/protocols/wire/signed_release.hpp"

using namespace anju;
using namespace anju::gateway;

namespace {

namespace files = std::filesystem;

const wire::Version kCurrent{{0, 2, 0}}, kTried{{0, 3, 0}};
constexpr int kEndOfPackaged = 7, kEndOfRelease = 3;

/// A launcher with programs that are scripts: each writes its name into a log and ends, and with what is no trial the launcher ends.
struct Site {
  files::path path;
  ReleaseFolder folder;
  std::string keys, log, packaged;

  Site() : path(made()), folder((path / "releases").string()), keys(in("keys")), log(in("log")), packaged(in("packaged")) {
    REQUIRE(folder.make().empty());
    write(keys, wire::Maker(1).key_line() + "\n");
    write(packaged, script("packaged", "", kEndOfPackaged));
    REQUIRE(::chmod(packaged.c_str(), 0700) == 0);
    unpack(kCurrent, script("current", "", kEndOfRelease));
    keep(std::nullopt);
  }
  ~Site() { files::remove_all(path); }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;
  static files::path made() {
    std::string name = (files::temp_directory_path() / "anju-launcher-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
  }
  [[nodiscard]] std::string in(const char* name) const { return (path / name).string(); }
  static void write(const std::string& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }
  static std::string read(const std::string& file) {
    std::ifstream from(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(from), {}};
  }
  [[nodiscard]] std::string script(const std::string& name, const std::string& deed, int code) const {
    return "#!/bin/sh\necho " + name + " >> " + log + "\n" + deed + "\nexit " + std::to_string(code) + "\n";
  }
  /// A release file in `made`.
  void make(const wire::Version& version, const std::string& program, unsigned char maker = 1) const {
    wire::ProgramHash hash;
    hash.add(program.data(), program.size());
    std::string text = wire::manifest_text();
    const auto put = [&text](const std::string& old, const std::string& fresh) { text.replace(text.find(old), old.size(), fresh); };
    put(std::string(64, '0'), hash.digits());
    put("\"size\":7", "\"size\":" + std::to_string(program.size()));
    put("0.2.0", to_string(version));
    put("amd64", std::string(architecture()));
    write(in("made"), wire::Maker(maker).release(text, program));
  }
  void unpack(const wire::Version& version, const std::string& program) const {
    make(version, program);
    REQUIRE(folder.unpack(in("made"), *wire::parse_release_keys(wire::Maker(1).key_line()), {"anju-gateway", architecture(), {{0, 1, 0}}, 1}));
  }
  void offer(const wire::Version& version, const std::string& program, unsigned char maker = 1) const {
    make(version, program, maker);
    REQUIRE(folder.offer(in("made"), "o-9"));
  }
  /// The packaged version stays long enough for an offer to be seen, and says what it was told.
  void stay() const {
    write(packaged, script("packaged", "echo \"$ANJU_RELEASES_BLOCKED\" > " + in("blocked") + "\nsleep 3", kEndOfPackaged));
  }
  /// Says that it was acknowledged, and stays until the launcher has written so.
  [[nodiscard]] std::string confirmed() const { return script("tried", "echo confirmed > /proc/self/fd/$ANJU_CONFIRM_FD\nsleep 2", kEndOfRelease); }
  void keep(std::optional<UpgradeTrial> trial) const { REQUIRE(folder.write_state({kCurrent, std::move(trial), std::nullopt}).empty()); }
  /// What ran, and the code of the last of it.
  std::string run() const {
    write(log, "");
    std::cout.flush();  // the launcher's words would bring it out once more
    const pid_t child = ::fork();  // it takes signals and an environment for itself
    if (child == 0) ::_exit(launch({folder.path(), {in("no such file"), keys, in("more keys")}, packaged, {{0, 1, 0}}, base::seconds(60), {"run"}}));
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    std::string ran = read(log);
    for (char& c : ran) c = c == '\n' ? ' ' : c;
    return ran + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  }
  [[nodiscard]] bool has(const wire::Version& version) const { return files::exists(folder.program(version)); }
};

}  // namespace

TEST_CASE("launcher: what cannot be judged is not run, not removed and not forgotten, and runs again once that is mended") {
  Site site;
  REQUIRE(site.run() == "current 3");
  site.unpack(kTried, site.script("tried", "", 0));
  const std::string state = Site::read(site.folder.path() + "/state"), keys = Site::read(site.keys);
  SUBCASE("a file of keys with a bad line") {
    Site::write(site.keys, "key\n");
    CHECK(site.run() == "packaged 7");
    Site::write(site.keys, keys);
  }
  SUBCASE("a file of keys that cannot be read") {
    files::remove(site.keys);
    files::create_directory(site.keys);
    CHECK(site.run() == "packaged 7");
    files::remove(site.keys);
    Site::write(site.keys, keys);
  }
  SUBCASE("a state that is none") {
    Site::write(site.folder.path() + "/state", "cur");
    CHECK(site.run() == "packaged 7");
    CHECK(Site::read(site.folder.path() + "/state") == "cur");
    Site::write(site.folder.path() + "/state", state);
  }
  SUBCASE("a release that cannot be read") {
    const auto head = files::path(site.folder.path()) / "0.2.0/release";
    files::rename(head, site.in("aside"));
    files::create_directory(head);
    CHECK(site.run() == "packaged 7");
    files::remove(head);
    files::rename(site.in("aside"), head);
  }
  CHECK(Site::read(site.folder.path() + "/state") == state);
  CHECK(site.has(kTried));
  CHECK(site.run() == "current 3");
  CHECK_FALSE(site.has(kTried));
}

TEST_CASE("launcher: a bad file of keys takes no other file's keys along") {
  Site site;
  Site::write(site.in("more keys"), "key\n");
  CHECK(site.run() == "current 3");
}

TEST_CASE("launcher: what was judged bad is given up for good") {
  Site site;
  Site::write(site.keys, wire::Maker(2).key_line() + "\n");
  CHECK(site.run() == "packaged 7");
  CHECK_FALSE(site.folder.read_state()->current);
  CHECK_FALSE(site.has(kCurrent));
}

TEST_CASE("launcher: a release is judged again right before it is started") {
  Site site;
  SUBCASE("it was changed while a trial ran") {
    site.unpack(kTried, site.script("tried", "echo exit 9 >> " + site.folder.program(kCurrent), 1));
    site.keep(UpgradeTrial{kTried, "o-1", 0});
    CHECK(site.run() == "tried packaged 7");
    CHECK_FALSE(site.folder.read_state()->current);
  }
  SUBCASE("its key cannot be read any more") {
    site.unpack(kTried, site.script("tried", "echo key > " + site.keys, 1));
    site.keep(UpgradeTrial{kTried, "o-1", 0});
    CHECK(site.run() == "tried packaged 7");
    CHECK(site.folder.read_state()->current == kCurrent);
    CHECK(site.has(kCurrent));
  }
}

TEST_CASE("launcher: where the state cannot be read the gateway is told, and an order puts it right") {
  Site site;
  site.stay();
  const auto state = site.folder.path() + "/state", aside = site.folder.path() + "/state.bad";
  Site::write(state, "cur");
  SUBCASE("a release that works is kept, and the note that could not be read goes with what it may have named") {
    site.offer(kTried, site.confirmed());
    CHECK(site.run() == "packaged tried 3");
    CHECK(Site::read(site.in("blocked")) == "unreadable " + state + ": no state of upgrades\n");
    CHECK(site.folder.read_state()->current == kTried);
    CHECK_FALSE(files::exists(aside));
    CHECK_FALSE(site.has(kCurrent));
  }
  SUBCASE("one that fails takes neither the note nor what it may have named along, at the next start either") {
    site.offer(kTried, site.script("tried", "", 1));
    CHECK(site.run() == "packaged tried packaged 7");
    CHECK(site.folder.read_state()->last->result == UpgradeResult::rolled_back);
    CHECK(Site::read(site.in("blocked")) == "\n");
    CHECK(Site::read(aside) == "cur");
    CHECK(site.has(kCurrent));
    CHECK(site.run() == "packaged 7");
    CHECK(Site::read(aside) == "cur");
    CHECK(site.has(kCurrent));
    site.offer(kCurrent, site.confirmed());  // the one that had been confirmed
    files::rename(site.folder.path() + "/o-9.offer", site.folder.path() + "/o-10.offer");
    CHECK(site.run() == "packaged tried 3");
    CHECK(site.folder.read_state()->current == kCurrent);
    CHECK_FALSE(files::exists(aside));
  }
  SUBCASE("what is not taken changes nothing") {
    site.offer(kTried, site.confirmed(), 2);
    CHECK(site.run() == "packaged 7");
    CHECK(Site::read(state) == "cur");
    CHECK_FALSE(site.folder.has_offer("o-9"));
    CHECK_FALSE(files::exists(aside));
    CHECK(site.has(kCurrent));
  }
}

TEST_CASE("launcher: the release that cannot be read is there again by the same release") {
  Site site;
  site.stay();
  const auto head = files::path(site.folder.path()) / "0.2.0/release";
  files::remove(head);
  files::create_directory(head);
  site.offer(kCurrent, site.script("current", "", kEndOfRelease));
  CHECK(site.run() == "packaged current 3");
  CHECK(Site::read(site.in("blocked")).starts_with("unreadable " + head.string()));
  CHECK(site.folder.read_state() == UpgradeState{kCurrent, {}, UpgradeOutcome{"o-9", kCurrent, UpgradeResult::installed, ""}});
}
