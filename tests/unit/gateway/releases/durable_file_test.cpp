#include "gateway/releases/durable_file.hpp"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

namespace anju::gateway {
namespace {

struct Folder {
  Folder() {
    char name[] = "/tmp/anju-durable-XXXXXX";
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

TEST_CASE("durable file: it is one user's, whole, and nothing is left beside it") {
  const Folder folder;
  const auto file = folder.path + "/gw.key";
  const auto before = ::umask(0);
  REQUIRE(write_durably(file, "old\n").empty());
  REQUIRE(write_durably(file, "new\n").empty());
  ::umask(before);
  CHECK(text_of(file) == "new\n");
  CHECK((state_of(file).st_mode & 07777) == 0600);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}

TEST_CASE("durable file: what a crash left, or somebody laid in its way, is not written into") {
  const Folder folder;
  const auto file = folder.path + "/gw.key", other = folder.path + "/other";
  std::ofstream(other) << "theirs";
  std::filesystem::create_symlink(other, file + ".new");
  REQUIRE(write_durably(file, "mine").empty());
  CHECK(text_of(other) == "theirs");
  CHECK(text_of(file) == "mine");
  CHECK(S_ISREG(state_of(file).st_mode));
}

TEST_CASE("durable file: a file of its own is opened with what is in it; a link, a second name or no plain file is not") {
  const Folder folder;
  const auto file = folder.path + "/download", other = folder.path + "/other";
  std::string wrong;
  const int made = open_own_file(file, wrong);
  REQUIRE(made >= 0);
  CHECK(::write(made, "part", 4) == 4);
  ::close(made);
  const int again = open_own_file(file, wrong);
  REQUIRE(again >= 0);
  ::close(again);
  CHECK(wrong.empty());
  CHECK(text_of(file) == "part");
  CHECK((state_of(file).st_mode & 0077) == 0);
  const auto refused = [&] {
    wrong.clear();
    const int opened = open_own_file(file, wrong);
    if (opened >= 0) ::close(opened);
    CHECK(wrong.find(file) == 0);
    std::filesystem::remove(file);
    return opened < 0;
  };
  std::ofstream(other) << "theirs";
  std::filesystem::create_hard_link(file, folder.path + "/second");
  CHECK(refused());
  std::filesystem::create_symlink(other, file);
  CHECK(refused());
  std::filesystem::create_symlink(folder.path + "/nowhere", file);
  CHECK(refused());
  CHECK_FALSE(std::filesystem::exists(folder.path + "/nowhere"));
  std::filesystem::create_directory(file);
  CHECK(refused());
  REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  CHECK(refused());
  CHECK(text_of(other) == "theirs");
}

TEST_CASE("durable file: where it cannot be written the old one stays, and the error names file and reason") {
  const Folder folder;
  CHECK(write_durably(folder.path + "/none/gw.key", "text") == folder.path + "/none/gw.key: cannot be created (No such file or directory)");

  const auto taken = folder.path + "/gw.key";
  std::filesystem::create_directories(taken + "/full");
  CHECK(write_durably(taken, "text") == taken + ": cannot be written (Is a directory)");
  CHECK(std::filesystem::is_directory(taken + "/full"));
  CHECK_FALSE(std::filesystem::exists(taken + ".new"));
}

TEST_CASE("durable file: it is read whole or not at all") {
  const Folder folder;
  const auto file = folder.path + "/report";
  REQUIRE(read_whole(file, 10));
  CHECK_FALSE(read_whole(file, 10)->has_value());
  CHECK_FALSE(read_whole(file + "/below", 10)->has_value());
  const std::string text = std::string(20'000, 'a') + '\0' + "b";
  REQUIRE(write_durably(file, text).empty());
  CHECK(**read_whole(file, text.size()) == text);
  const auto longer = read_whole(file, text.size() - 1);
  REQUIRE_FALSE(longer);
  CHECK(longer.error().is(FolderErrc::unreadable));
  CHECK(longer.error().where == file + ": longer than 20001 bytes");
  const auto folder_itself = read_whole(folder.path, 10);
  REQUIRE_FALSE(folder_itself);
  CHECK(folder_itself.error().where == folder.path + ": Is a directory");
}

TEST_CASE("durable file: written by root it belongs to the owner of its folder") {
  if (::geteuid() != 0) return;
  const Folder folder;
  REQUIRE(::chown(folder.path.c_str(), 1234, 2345) == 0);
  REQUIRE(write_durably(folder.path + "/gw.key", "text").empty());
  const auto state = state_of(folder.path + "/gw.key");
  CHECK(state.st_uid == 1234);
  CHECK(state.st_gid == 2345);
}

}  // namespace anju::gateway
