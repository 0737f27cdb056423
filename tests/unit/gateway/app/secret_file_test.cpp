#include "gateway/app/secret_file.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "gateway/app/config.hpp"

namespace anju::gateway {
namespace {

struct Folder {
  Folder() {
    char name[] = "/tmp/anju-secret-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path;
};

std::string text_of(const std::string& file) {
  std::ifstream from(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(from), {}};
}

struct stat state_of(const std::string& file) {
  struct stat state {};
  REQUIRE(::lstat(file.c_str(), &state) == 0);
  return state;
}

}  // namespace

TEST_CASE("secret file: it is one user's, whole, and nothing is left beside it") {
  const Folder folder;
  const auto file = folder.path + "/gw.key";
  const auto before = ::umask(0);
  REQUIRE(write_secret(file, "old\n"));
  REQUIRE(write_secret(file, "new\n"));
  ::umask(before);
  CHECK(text_of(file) == "new\n");
  CHECK((state_of(file).st_mode & 07777) == 0600);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("secret file: what a crash left, or somebody laid in its way, is not written into") {
  const Folder folder;
  const auto file = folder.path + "/gw.key", other = folder.path + "/other";
  std::ofstream(other) << "theirs";
  std::filesystem::create_symlink(other, file + ".new");
  REQUIRE(write_secret(file, "mine"));
  CHECK(text_of(other) == "theirs");
  CHECK(text_of(file) == "mine");
  CHECK(S_ISREG(state_of(file).st_mode));
}

TEST_CASE("secret file: where it cannot be written the old one stays, and the error names file and reason") {
  const Folder folder;
  const auto missing = write_secret(folder.path + "/none/gw.key", "text");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().is(ConfigErrc::bad_config));
  CHECK(missing.error().where == folder.path + "/none/gw.key: cannot be created (No such file or directory)");

  const auto taken = folder.path + "/gw.key";
  std::filesystem::create_directories(taken + "/full");
  const auto over = write_secret(taken, "text");
  REQUIRE_FALSE(over);
  CHECK(over.error().where == taken + ": cannot be written (Is a directory)");
  CHECK(std::filesystem::is_directory(taken + "/full"));
  CHECK_FALSE(std::filesystem::exists(taken + ".new"));
}

TEST_CASE("secret file: written by root it belongs to the owner of its folder") {
  if (::geteuid() != 0) return;
  const Folder folder;
  REQUIRE(::chown(folder.path.c_str(), 1234, 2345) == 0);
  REQUIRE(write_secret(folder.path + "/gw.key", "text"));
  const auto state = state_of(folder.path + "/gw.key");
  CHECK(state.st_uid == 1234);
  CHECK(state.st_gid == 2345);
}

}  // namespace anju::gateway
