#include "gateway/app/kept_report.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "gateway/local/acceptance_report.hpp"
#include "gateway/releases/durable_file.hpp"

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

}  // namespace

TEST_CASE("kept report: it is there at the next start, and a file that is no report's size is an error") {
  const Folder folder;
  REQUIRE(kept_report(folder.path));
  CHECK(kept_report(folder.path)->empty());
  REQUIRE(keep_report(folder.path, "{}\n").empty());
  CHECK(*kept_report(folder.path) == "{}\n");
  folder.write("acceptance.json", std::string(kMostReport + 1, ' '));
  const auto much = kept_report(folder.path);
  REQUIRE_FALSE(much);
  CHECK(much.error().is(FolderErrc::unreadable));
  files::remove(folder.path + "/acceptance.json");
  files::create_directories(folder.path + "/acceptance.json/full");
  CHECK_FALSE(kept_report(folder.path));
  CHECK(keep_report(folder.path, "{}\n").starts_with(folder.path + "/acceptance.json: "));
}

}  // namespace anju::gateway
