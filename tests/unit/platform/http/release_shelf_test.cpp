#include "platform/http/release_shelf.hpp"

#include <filesystem>
#include <fstream>

#include "tests/unit/platform/scratch_folder.hpp"

using namespace anju::platform;

namespace {

const std::string kHash(64, 'a'), kOther(64, 'b');

struct Yard {
  ScratchFolder scratch;
  std::string folder = scratch.path + "/releases";
  ReleaseShelf shelf{folder};
  Yard() { REQUIRE(shelf.prepare().empty()); }
  std::size_t files() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
    return count;
  }
  void keep(const std::string& hash, const std::string& bytes) { REQUIRE(shelf.place(shelf.receive(bytes), hash)); }
};

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

}  // namespace

TEST_CASE("releases: only a hash below /releases/ is a path of a file") {
  CHECK(is_release_path("/releases/" + kHash));
  for (const std::string& path : {std::string("/releases"), std::string("/releases/"), "/releases/" + kHash + "/", "/releases/" + kHash.substr(1), "/releases/" + std::string(64, 'A'),
                                 "/releases/../" + kHash, "/releases/" + std::string(64, '.'), "/release/" + kHash, "releases/" + kHash}) {
    CAPTURE(path);
    CHECK_FALSE(is_release_path(path));
  }
}

TEST_CASE("releases: a file is served whole, in part and not at all, and says by what it is known") {
  Yard yard;
  yard.keep(kHash, "0123456789");
  CHECK(yard.shelf.holds(kHash, 10));
  CHECK_FALSE(yard.shelf.holds(kHash, 9));
  CHECK_FALSE(yard.shelf.holds(kOther, 10));
  const Response whole = yard.shelf.serve("/releases/" + kHash, {});
  CHECK(whole.status == 200);
  CHECK(whole.file == yard.folder + "/" + kHash);
  CHECK(whole.file_from == 0);
  CHECK(whole.file_count == 10);
  CHECK(header(whole, "ETag") == '"' + kHash + '"');
  CHECK(header(whole, "Accept-Ranges") == "bytes");
  CHECK(header(whole, "Content-Range").empty());
  const Response part = yard.shelf.serve("/releases/" + kHash, {"bytes=4-", '"' + kHash + '"'});
  CHECK(part.status == 206);
  CHECK(part.file_from == 4);
  CHECK(part.file_count == 6);
  CHECK(header(part, "Content-Range") == "bytes 4-9/10");
  const Response beyond = yard.shelf.serve("/releases/" + kHash, {"bytes=10-", {}});
  CHECK(beyond.status == 416);
  CHECK(beyond.file.empty());
  CHECK(header(beyond, "Content-Range") == "bytes */10");
  CHECK(yard.shelf.serve("/releases/" + kOther, {}).status == 404);
  CHECK(yard.shelf.serve("/releases/../platform.db", {}).status == 404);
}

TEST_CASE("releases: what a crash left behind goes, what somebody else put there stays") {
  Yard yard;
  yard.keep(kHash, "known");
  yard.keep(kOther, "nobody's");
  REQUIRE_FALSE(yard.shelf.receive("half").empty());
  std::ofstream(yard.folder + "/notes.txt") << "mine";
  yard.shelf.sweep({kHash});
  CHECK(yard.files() == 2);
  CHECK(yard.shelf.holds(kHash, 5));
  CHECK_FALSE(yard.shelf.holds(kOther, 8));
  yard.shelf.remove(kHash);
  yard.shelf.remove("notes.txt");
  CHECK(yard.files() == 1);
}

TEST_CASE("releases: a folder that cannot be written is named, and nothing is kept in it") {
  Yard yard;
  std::ofstream(yard.scratch.path + "/file") << "x";
  const ReleaseShelf wrong(yard.scratch.path + "/file");
  CHECK(wrong.prepare().find(yard.scratch.path + "/file") != std::string::npos);
  CHECK(wrong.receive("x").empty());
  const std::string received = yard.shelf.receive("x");
  CHECK_FALSE(wrong.place(received, kHash));
  yard.shelf.forget(received);
  CHECK(yard.files() == 0);
}
