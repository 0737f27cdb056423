#include "gateway/releases/release_folder.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/unit/protocols/wire/signed_release.hpp"

using namespace anju;
using namespace anju::gateway;

namespace {

namespace files = std::filesystem;

/// A folder that goes with the test.
struct Place {
  files::path path;
  ReleaseFolder folder;
  std::vector<wire::ReleaseKey> keys = *wire::parse_release_keys(wire::Maker(1).key_line());
  TrustedKeys trusted{keys, {}};
  wire::ReleaseHost host{"anju-gateway", "amd64", {{0, 1, 0}}, 1};

  Place() : path(made()), folder((path / "releases").string()) { REQUIRE(folder.make().empty()); }
  ~Place() { files::remove_all(path); }
  static files::path made() {
    std::string name = (files::temp_directory_path() / "anju-releases-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    return name;
  }
  [[nodiscard]] std::string file(const std::string& bytes) const {
    const std::string name = (path / "a.anju").string();
    std::ofstream(name, std::ios::binary) << bytes;
    return name;
  }
};

/// A release of these bytes that fits `host`.
std::string release(const std::string& program, const wire::Maker& maker = wire::Maker(1)) {
  wire::ProgramHash hash;
  hash.add(program.data(), program.size());
  std::string text = wire::manifest_text();
  text.replace(text.find(std::string(64, '0')), 64, hash.digits());
  const std::string size = "\"size\":7";
  text.replace(text.find(size), size.size(), "\"size\":" + std::to_string(program.size()));
  return maker.release(text, program);
}

const wire::Version kVersion{{0, 2, 0}};

}  // namespace

TEST_CASE("release folder: an offer is unpacked, sound, and may be run by its owner alone") {
  Place place;
  const std::string program(200'000, 'p');
  REQUIRE(place.folder.offer(place.file(release(program)), "o-1"));
  const auto offer = place.folder.next_offer();
  REQUIRE(offer);
  CHECK(offer->order == "o-1");
  REQUIRE(place.folder.unpack(offer->file, place.keys, place.host));
  CHECK(place.folder.check(kVersion, place.trusted));
  struct stat facts {};
  REQUIRE(::stat(place.folder.program(kVersion).c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0700);
  CHECK(facts.st_size == static_cast<off_t>(program.size()));
  const auto stranger = place.folder.check(kVersion, {*wire::parse_release_keys(wire::Maker(2).key_line()), {}});
  REQUIRE_FALSE(stranger);  // its maker is not trusted any more
  CHECK(stranger.error().is(wire::ReleaseErrc::untrusted));
  CHECK(soundness(stranger) == Soundness::unsound);
  place.folder.forget_offer("o-1");
  CHECK_FALSE(place.folder.next_offer());
}

TEST_CASE("release folder: a byte that changed, on its way or on the disk, is noticed, and nothing is left of it") {
  Place place;
  std::string bytes = release("program");
  bytes.back() ^= 1;
  CHECK(place.folder.unpack(place.file(bytes), place.keys, place.host).error().is(wire::ReleaseErrc::damaged));
  CHECK(files::is_empty(place.folder.path()));
  REQUIRE(place.folder.unpack(place.file(release("program")), place.keys, place.host));
  for (const char* name : {"anju-gateway", "release"}) {
    const auto file = files::path(place.folder.path()) / "0.2.0" / name;
    std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).seekp(3).put('?');
    CHECK(soundness(place.folder.check(kVersion, place.trusted)) == Soundness::unsound);
    REQUIRE(place.folder.unpack(place.file(release("program")), place.keys, place.host));
    CHECK(place.folder.check(kVersion, place.trusted));
    files::remove(file);
    CHECK(soundness(place.folder.check(kVersion, place.trusted)) == Soundness::unsound);  // what is not there will not come back
    files::create_directory(file);                                                        // reading it fails, also for root
    CHECK(soundness(place.folder.check(kVersion, place.trusted)) == Soundness::unknown);
    files::remove(file);
    REQUIRE(place.folder.unpack(place.file(release("program")), place.keys, place.host));
  }
}

TEST_CASE("release folder: a release whose maker may stand in a file that was skipped is not judged, others are") {
  Place place;
  REQUIRE(place.folder.unpack(place.file(release("program")), place.keys, place.host));
  const base::Error skipped(wire::ReleaseErrc::bad_keys, "makers, line 1");
  CHECK(soundness(place.folder.check(kVersion, {{}, {skipped}})) == Soundness::unknown);
  CHECK(soundness(place.folder.check(kVersion, {*wire::parse_release_keys(wire::Maker(2).key_line()), {skipped}})) == Soundness::unknown);
  CHECK(soundness(place.folder.check(kVersion, {place.keys, {skipped}})) == Soundness::sound);
  CHECK(soundness(place.folder.check(kVersion, {{}, {}})) == Soundness::unsound);
  const std::string program = place.folder.program(kVersion);
  std::ofstream(program) << "changed";
  CHECK(soundness(place.folder.check(kVersion, {place.keys, {skipped}})) == Soundness::unsound);  // no key would make that right
}

TEST_CASE("release folder: what is refused is refused before anything is unpacked") {
  Place place;
  const auto why = [&](const std::string& bytes) { return std::string(place.folder.unpack(place.file(bytes), place.keys, place.host).error().code); };
  CHECK(why(release("program", wire::Maker(2))) == "untrusted");
  CHECK(why("#!/bin/sh\n") == "not_a_release");
  CHECK(why(release("program") + "more") == "damaged");
  place.host.running = kVersion;
  CHECK(why(release("program")) == "not_newer");
  CHECK(files::is_empty(place.folder.path()));
  CHECK(place.folder.unpack("/nonexistent", place.keys, place.host).error().is(FolderErrc::unreadable));
}

TEST_CASE("release folder: a file that is no whole release is not offered") {
  Place place;
  const std::string bytes = release("program");
  CHECK(place.folder.offer(place.file(bytes.substr(0, bytes.size() - 1)), "o").error().is(wire::ReleaseErrc::damaged));
  CHECK(place.folder.offer(place.file(""), "o").error().is(wire::ReleaseErrc::not_a_release));
  CHECK_FALSE(place.folder.next_offer());
}

TEST_CASE("release folder: what lies where an offer is written is taken away, not written through") {
  for (const bool hard : {false, true}) {
    Place place;
    const std::string victim = (place.path / "victim").string(), beside = place.folder.path() + "/offer.new";
    std::ofstream(victim) << "precious";
    if (hard) {
      files::create_hard_link(victim, beside);
    } else {
      files::create_symlink(victim, beside);
    }
    REQUIRE(place.folder.offer(place.file(release("program")), "o"));
    CHECK(files::file_size(victim) == 8);
    const auto offer = place.folder.next_offer();
    REQUIRE(offer);
    CHECK(files::is_regular_file(files::symlink_status(offer->file)));
    CHECK(place.folder.unpack(offer->file, place.keys, place.host));
  }
}

TEST_CASE("release folder: a download becomes an offer once every byte of it is right") {
  Place place;
  const std::string bytes = release("program");
  const auto write = [&](const std::string& what) { std::ofstream(place.folder.download(), std::ios::binary) << what; };
  CHECK(place.folder.offer_download("o").error().is(FolderErrc::unreadable));
  write(bytes.substr(0, bytes.size() - 1));
  CHECK(place.folder.offer_download("o").error().is(wire::ReleaseErrc::damaged));
  std::string wrong = bytes;
  wrong.back() ^= 1;
  write(wrong);
  CHECK(place.folder.offer_download("o").error().is(wire::ReleaseErrc::damaged));
  CHECK_FALSE(place.folder.next_offer());
  write(bytes);
  REQUIRE(place.folder.write_mark({"https://host/x", "e"}).empty());
  CHECK(place.folder.read_mark() == DownloadMark{"https://host/x", "e"});
  const auto head = place.folder.offer_download("o");
  REQUIRE(head);
  CHECK(head->manifest.version == kVersion);
  CHECK(place.folder.next_offer()->order == "o");
  CHECK(place.folder.read_mark() == DownloadMark{});
  CHECK(place.folder.unpack(place.folder.next_offer()->file, place.keys, place.host));
}

TEST_CASE("release folder: size and hash of a download are those of the file, and an offer is seen by its order") {
  Place place;
  CHECK(place.folder.download_size() == 0);
  CHECK(place.folder.download_hash().error().is(FolderErrc::unreadable));
  std::ofstream(place.folder.download(), std::ios::binary) << "abc";
  CHECK(place.folder.download_size() == 3);
  // FIPS 180-2, B.1.
  CHECK(place.folder.download_hash() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK_FALSE(place.folder.has_offer("o-1"));
  REQUIRE(place.folder.offer(place.file(release("program")), "o-1"));
  CHECK(place.folder.has_offer("o-1"));
  CHECK_FALSE(place.folder.has_offer("o"));
}

TEST_CASE("release folder: the office's order is kept, replaced and removed; a torn one is none") {
  Place place;
  CHECK_FALSE(place.folder.read_ordered());
  CHECK(place.folder.write_ordered(std::nullopt).empty());
  OrderRecord record{"u-1", kVersion, wire::UpgradeStep::downloading, "", 5, 6, 7};
  REQUIRE(place.folder.write_ordered(record).empty());
  CHECK(place.folder.read_ordered() == record);
  record.step = wire::UpgradeStep::failed, record.reason = "damaged";
  REQUIRE(place.folder.write_ordered(record).empty());
  CHECK(place.folder.read_ordered() == record);
  files::resize_file(files::path(place.folder.path()) / "ordered", 10);
  CHECK_FALSE(place.folder.read_ordered());
  REQUIRE(place.folder.write_ordered(record).empty());
  REQUIRE(place.folder.write_ordered(std::nullopt).empty());
  CHECK_FALSE(place.folder.read_ordered());
  CHECK_FALSE(ReleaseFolder("/nowhere/at/all").write_ordered(record).empty());
}

TEST_CASE("release folder: only what the state names stays") {
  Place place;
  const files::path root(place.folder.path());
  for (const char* name : {"0.2.0", "0.3.0", "0.4.0", "0.5.0.unpacking", "notes"}) files::create_directories(root / name);
  UpgradeState state;
  state.current = wire::Version{{0, 2, 0}};
  state.trial = UpgradeTrial{{{0, 3, 0}}, "o", 1};
  place.folder.remove_others(state);
  CHECK(files::exists(root / "0.2.0"));
  CHECK(files::exists(root / "0.3.0"));
  CHECK(files::exists(root / "notes"));
  CHECK_FALSE(files::exists(root / "0.4.0"));
  CHECK_FALSE(files::exists(root / "0.5.0.unpacking"));
}

TEST_CASE("release folder: a state that was written is read, one that is torn is not taken for none") {
  Place place;
  CHECK(place.folder.read_state() == UpgradeState{});
  UpgradeState state;
  state.current = kVersion;
  REQUIRE(place.folder.write_state(state).empty());
  CHECK(place.folder.read_state() == state);
  std::ofstream(place.folder.path() + "/state") << "current 0.2.0\n";
  CHECK(place.folder.read_state().error().is(FolderErrc::unreadable));
  files::remove(place.folder.path() + "/state");
  files::create_directory(place.folder.path() + "/state");
  CHECK(place.folder.read_state().error().is(FolderErrc::unreadable));
}

TEST_CASE("release folder: keys of several files are trusted, a bad line names file and line and takes no other file along") {
  Place place;
  const std::string one = (place.path / "one").string(), other = (place.path / "other").string();
  std::ofstream(one) << wire::Maker(1).key_line() << " factory\n";
  std::ofstream(other) << "# ours\n" << wire::Maker(2).key_line() << "\n";
  const auto both = read_release_keys({one, other, "/nonexistent", one + "/beside"});
  CHECK(both.keys.size() == 2);
  CHECK(both.skipped.empty());
  std::ofstream(other) << "# ours\nkey\n";
  const auto wrong = read_release_keys({other, one, place.path.string()});
  CHECK(wrong.keys.size() == 1);
  REQUIRE(wrong.skipped.size() == 2);
  CHECK(wrong.skipped[0].is(wire::ReleaseErrc::bad_keys));
  CHECK(wrong.skipped[0].where == other + ", line 2");
  CHECK(wrong.skipped[1].is(FolderErrc::unreadable));  // a folder
}

TEST_CASE("release folder: a state that cannot be read is set aside, and what it may have named stays until a release is confirmed") {
  Place place;
  const auto state = place.folder.path() + "/state", aside = state + ".bad", lies = place.folder.path() + "/0.2.0";
  files::create_directory(state);  // the worst that can lie there
  files::create_directory(aside);  // of another time
  files::create_directories(lies);
  files::create_directories(lies + ".unpacking");
  const UpgradeState tried{{}, UpgradeTrial{{{0, 3, 0}}, "o-1", 0}, {}};
  REQUIRE(place.folder.replace_state(tried).empty());
  CHECK(*place.folder.read_state() == tried);
  CHECK(files::is_directory(aside));
  place.folder.remove_others(tried);
  CHECK(files::exists(lies));
  CHECK_FALSE(files::exists(lies + ".unpacking"));
  place.folder.remove_others({{{{0, 3, 0}}}, {}, {}});
  CHECK_FALSE(files::exists(lies));
  CHECK_FALSE(files::exists(aside));
}

TEST_CASE("release folder: a state that cannot be replaced is where it was") {
  Place place;
  const auto state = place.folder.path() + "/state";
  std::ofstream(state) << "cur";
  files::create_directories(state + ".new/full");  // in the way of what is written
  CHECK_FALSE(place.folder.replace_state({}).empty());
  std::string text;
  std::getline(std::ifstream(state), text);
  CHECK(text == "cur");
  CHECK_FALSE(files::exists(state + ".bad"));
}

TEST_CASE("release folder: that something was blocked is kept, and what the launcher says of it is read") {
  Place place;
  CHECK_FALSE(place.folder.was_blocked());
  CHECK(place.folder.write_blocked(false).empty());
  CHECK(place.folder.write_blocked(true).empty());
  CHECK(place.folder.was_blocked());
  CHECK(place.folder.write_blocked(false).empty());
  CHECK_FALSE(place.folder.was_blocked());

  const auto said = [](const char* text) {
    ::setenv(kBlockedVariable, text, 1);
    const auto blocked = launcher_blocked();
    ::unsetenv(kBlockedVariable);
    return blocked.reason + "|" + blocked.where;
  };
  CHECK(launcher_blocked().reason.empty());
  CHECK(said("unreadable /r/state: no state of upgrades") == "unreadable|/r/state: no state of upgrades");
  CHECK(said("bad_keys") == "bad_keys|");
  CHECK(said("") == "|");
  CHECK(said("no id! text") == "no|id! text");
  CHECK(said("n\"o") == "|");
}
