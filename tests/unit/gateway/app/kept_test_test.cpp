#include "gateway/app/kept_test.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace anju::gateway {
namespace {

namespace files = std::filesystem;

struct Folder {
  Folder() {
    std::string name = (files::temp_directory_path() / "anju-kept-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() { files::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const char* name, const std::string& text) const { std::ofstream(path + "/" + name, std::ios::binary) << text; }
  std::string path;
};

using Ids = std::vector<base::DeviceId>;
const base::DeviceId kA("m-1"), kB("m-2");

}  // namespace

TEST_CASE("kept tests: what is kept is read at the next start, and nothing once all is closed") {
  const Folder folder;
  CHECK(kept_tests(folder.path).empty());
  CHECK(keep_tests(folder.path, {}));
  REQUIRE(keep_tests(folder.path, {kA, kB}));
  CHECK(kept_tests(folder.path) == Ids{kA, kB});
  REQUIRE(keep_tests(folder.path, {kB}));
  CHECK(kept_tests(folder.path) == Ids{kB});
  REQUIRE(keep_tests(folder.path, {}));
  CHECK(files::is_empty(folder.path));
}

TEST_CASE("kept tests: the file of a version before, one without its last line end and garbage in it") {
  const Folder folder;
  folder.write("switch-test", "m-1\n");
  CHECK(kept_tests(folder.path) == Ids{kA});
  folder.write("switch-test", "\n");
  CHECK(kept_tests(folder.path).empty());
  folder.write("switch-test", "m-1\n\xff\xfe no id\n" + std::string(200, 'x') + "\nm-2");
  CHECK(kept_tests(folder.path) == Ids{kA, kB});
  folder.write("switch-test", std::string(1 << 20, 'x'));
  CHECK(kept_tests(folder.path).empty());
}

TEST_CASE("kept tests: where it cannot be written nobody is told that it was") {
  const Folder folder;
  REQUIRE(keep_tests(folder.path, {kA}));
  files::create_directories(folder.path + "/switch-test.new/full");
  CHECK_FALSE(keep_tests(folder.path, {kA, kB}));
  CHECK(kept_tests(folder.path) == Ids{kA});
  CHECK_FALSE(keep_tests(folder.path + "/none", {kA}));
}

}  // namespace anju::gateway
