#include "gateway/app/config.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include <doctest/doctest.h>

#include "tests/source_dir.hpp"

namespace anju::gateway {
namespace {

/// gateway.toml, its key and its data in a folder of their own.
class Installation {
 public:
  Installation() {
    char name[] = "/tmp/anju-config-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    folder_ = name;
    write("gw.key", std::string(64, 'a') + "\n");
  }
  ~Installation() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Installation(const Installation&) = delete;
  Installation& operator=(const Installation&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ + "/" + name; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }

  /// `instead`: a line that takes the place of the one with the same key, of `[table]` when it stands there.
  [[nodiscard]] base::Result<Config> load(const std::string& key = {}, const std::string& instead = {}) const {
    std::string text;
    for (const std::string& line : lines()) text += (!key.empty() && line.starts_with(key) ? instead : line) + "\n";
    write("gateway.toml", text);
    return load_config(path("gateway.toml"));
  }

 private:
  [[nodiscard]] std::vector<std::string> lines() const {
    return {"site = \"garden\"", "gateway = \"gw-1\"", "key_file = \"" + path("gw.key") + "\"",
            "data = \"" + path("data") + "\"", "[mqtt]", "url = \"mqtt://127.0.0.1:1883\"",
            "[spool]", "max_mb = 8", "[log]", "level = \"warn\""};
  }
  std::string folder_;
};

}  // namespace

TEST_CASE("gateway.toml: what it says is taken, and the folder of the spool is made") {
  const Installation here;
  const auto config = here.load();
  REQUIRE(config);
  CHECK(config->site.value == "garden");
  CHECK(config->gateway.value == "gw-1");
  CHECK(config->mqtt.url == "mqtt://127.0.0.1:1883");
  CHECK(config->mqtt.user.empty());
  CHECK(config->spool_max_mb == 8);
  CHECK(config->log_level == "warn");
  CHECK(config->archive_file.empty());
  CHECK(std::filesystem::is_directory(here.path("data")));
  const auto data = load_data_folder(here.path("gateway.toml"));
  REQUIRE(data);
  CHECK(*data == here.path("data"));
}

TEST_CASE("gateway.toml: what may be left out has a value") {
  const Installation here;
  const auto without = here.load("max_mb", "");
  REQUIRE(without);
  CHECK(without->spool_max_mb == 64);
  const auto level = here.load("level", "");
  REQUIRE(level);
  CHECK(level->log_level == "info");
  CHECK(level->local_listen == "0.0.0.0:8090");
  const auto off = here.load("[log]", "[local]\nlisten = \"\"\n[log]");
  REQUIRE(off);
  CHECK(off->local_listen.empty());
}

TEST_CASE("gateway.toml: a mistake is one line that names the file, the key and the rule") {
  const Installation here;
  struct Row {
    const char *key, *instead, *said;
  };
  for (const Row& row : {
           Row{"site", "", "key 'site' is missing: add it"},
           Row{"site", "site = 7", "key 'site' has to be a text in quotes"},
           Row{"site", "site = \"gar den\"", "key 'site' has to be 1 to 64 of A-Z a-z 0-9 _ -"},
           Row{"gateway", "gateway = \"\"", "key 'gateway' has to be 1 to 64 of A-Z a-z 0-9 _ -"},
           Row{"key_file", "", "key 'key_file' is missing: add it"},
           Row{"data", "", "key 'data' is missing: add it"},
           Row{"data", "data = \"/proc/anju\"", "key 'data': cannot create /proc/anju ("},
           Row{"url", "", "key 'mqtt.url' is missing: add it"},
           Row{"url", "url = [\"mqtt://a\"]", "key 'mqtt.url' has to be a text in quotes"},
           Row{"max_mb", "max_mb = 0", "key 'spool.max_mb' has to be a number from 1 to 100000"},
           Row{"max_mb", "max_mb = 8.5", "key 'spool.max_mb' has to be a number from 1 to 100000"},
           Row{"max_mb", "max_mb = \"8\"", "key 'spool.max_mb' has to be a number from 1 to 100000"},
           Row{"level", "level = \"loud\"", "key 'log.level' has to be debug, info, warn or error"},
           Row{"site", "sit = \"garden\"",
               "unknown key 'sit'; known here: site gateway key_file data archive_file profiles mqtt spool local log"},
           Row{"url", "url = \"mqtt://a\"\npasword = \"x\"",
               "unknown key 'mqtt.pasword'; known here: url user password ca_file certificate_file key_file"},
           Row{"max_mb", "max_gb = 1", "unknown key 'spool.max_gb'; known here: max_mb"},
           Row{"level", "levels = \"info\"", "unknown key 'log.levels'; known here: level"},
           Row{"[log]", "[local]\nport = 8090\n[log]", "unknown key 'local.port'; known here: listen"},
           Row{"[log]", "[local]\nlisten = 8090\n[log]", "key 'local.listen' has to be a text in quotes"},
           Row{"[log]", "[local]\nlisten = \"8090\"\n[log]",
               "key 'local.listen' has to be an address and a port like 0.0.0.0:8090 or [::]:8090, or empty to turn the installer's page off"},
           Row{"[spool]", "[[spool]]", "key 'spool' has to be a table: [spool]"},
           Row{"site", "site = garden", "line 1: "},
       }) {
    CAPTURE(row.instead);
    const auto config = here.load(row.key, row.instead);
    REQUIRE_FALSE(config);
    const std::string& said = config.error().where;
    CHECK(config.error().is(ConfigErrc::bad_config));
    CHECK_MESSAGE(said.starts_with(here.path("gateway.toml") + ": "), said);
    CHECK_MESSAGE(said.find(row.said) != std::string::npos, said);
    CHECK_MESSAGE(said.find('\n') == std::string::npos, said);
  }
}

TEST_CASE("gateway.toml: a file that is missing or a folder says what to do") {
  const Installation here;
  const auto missing = load_config(here.path("gateway.toml"));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().where == here.path("gateway.toml") +
                                     ": cannot read the configuration (No such file or directory): create it or "
                                     "correct the path");
  const auto folder = load_config(here.path(""));
  REQUIRE_FALSE(folder);
  CHECK(folder.error().where.find("is a folder, the configuration has to be a file") != std::string::npos);
}

TEST_CASE("gateway.toml: a key file that is missing or holds no key says what to do, and not what it holds") {
  const Installation here;
  const auto missing = here.load("key_file", "key_file = \"/nowhere/gw.key\"");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().where.starts_with(here.path("gateway.toml") + ": key 'key_file': /nowhere/gw.key: cannot read"));
  for (const std::string& held : {std::string(63, 'a'), std::string(64, 'x'), std::string()}) {
    here.write("gw.key", held);
    const auto bad = here.load();
    REQUIRE_FALSE(bad);
    CHECK(bad.error().where ==
          here.path("gw.key") + ": has to hold 64 hex digits, as anju-platform printed them");
  }
}

TEST_CASE("gateway.toml: a model is added by a file in a folder; a broken or a second one of a name is out by itself and says where") {
  const Installation here;
  const auto shipped = load_profile_folders("");
  REQUIRE(shipped);
  REQUIRE(shipped->contains("chint-ddsu666"));
  const auto folder = here.path("profiles");
  std::filesystem::create_directories(folder);
  std::filesystem::copy_file(test::source_dir() + "/gateway/profiles/chint-ddsu666.toml", folder + "/ours.toml");
  const auto twice = load_profile_folders(folder);
  REQUIRE(twice);
  CHECK(twice->size() == shipped->size() - 1);
  REQUIRE(twice->refused.contains("chint-ddsu666"));
  CHECK(twice->refused.at("chint-ddsu666").find("ours.toml") != std::string::npos);

  auto text = *read_text(folder + "/ours.toml", "profile");
  text.replace(text.find("name = \"chint-ddsu666\""), 22, "name = \"ours\"");
  std::ofstream(folder + "/ours.toml") << text;
  const auto more = load_profile_folders(folder);
  REQUIRE(more);
  CHECK(more->size() == shipped->size() + 1);
  CHECK(more->at("ours")->name == "ours");

  std::ofstream(folder + "/ours.toml") << "name = ";
  const auto broken = load_profile_folders(folder);
  REQUIRE(broken);
  CHECK(broken->size() == shipped->size());
  REQUIRE(broken->refused.contains("ours"));
  CHECK(broken->refused.at("ours").find("ours.toml") != std::string::npos);
  const auto nowhere = load_profile_folders(here.path("not-there"));
  REQUIRE_FALSE(nowhere);
  CHECK_MESSAGE(nowhere.error().where.find("key 'profiles'") != std::string::npos, nowhere.error().where);
}

}  // namespace anju::gateway
