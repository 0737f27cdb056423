#include "platform/http/static_files.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace anju::platform;

namespace {

struct WebFolder {
  std::filesystem::path top, root;
  WebFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "anju-web-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    top = pattern;
    root = top / "dist";
    write(root / "index.html", "<html>");
    write(root / "assets" / "app-1a2b.js", "js");
    write(root / "assets" / "app-1a2b.js.gz", "zipped");
    write(root / ".secret", "secret");
    write(top / "outside.txt", "secret");
    std::filesystem::create_symlink(top / "outside.txt", root / "link.txt");
  }
  ~WebFolder() { std::filesystem::remove_all(top); }
  static void write(const std::filesystem::path& path, const char* text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
};

std::string header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return value;
  return {};
}

}  // namespace

TEST_CASE("static files: nothing outside of the folder, nothing hidden") {
  const WebFolder web;
  const StaticFiles files(web.root);
  for (const char* path :
       {"/../outside.txt", "/assets/../../outside.txt", "/..", "/.secret", "/link.txt", "//etc/passwd", "/a\\..\\b",
        "/./index.html", "/assets/", "index.html", "", "/etc/passwd.txt", "/a\nb"}) {
    CAPTURE(path);
    const Response response = files.serve(path, false);
    CHECK(response.body.find("secret") == std::string::npos);
    CHECK((response.status == 404 || response.body == "<html>"));
  }
  CHECK(files.serve("/../outside.txt", false).status == 404);
  CHECK(files.serve("/link.txt", false).status == 404);
}

TEST_CASE("static files: hashed assets are kept for ever, pages are asked for again") {
  const WebFolder web;
  const StaticFiles files(web.root);
  const Response script = files.serve("/assets/app-1a2b.js", false);
  CHECK(script.status == 200);
  CHECK(script.content_type == "text/javascript; charset=utf-8");
  CHECK(header(script, "Cache-Control").find("immutable") != std::string::npos);
  for (const char* page : {"/", "/index.html", "/meters/17"}) {
    const Response response = files.serve(page, false);
    CHECK(response.body == "<html>");
    CHECK(response.content_type == "text/html; charset=utf-8");
    CHECK(header(response, "Cache-Control") == "no-cache");
  }
  CHECK(files.serve("/assets/gone.js", false).status == 404);
}

TEST_CASE("static files: the packed twin goes to who takes gzip") {
  const WebFolder web;
  const Response packed = StaticFiles(web.root).serve("/assets/app-1a2b.js", true);
  CHECK(packed.body == "zipped");
  CHECK(header(packed, "Content-Encoding") == "gzip");
  CHECK(packed.content_type == "text/javascript; charset=utf-8");
  CHECK(header(StaticFiles(web.root).serve("/", true), "Content-Encoding").empty());
}

TEST_CASE("static files: a missing console says what to do") {
  const StaticFiles files("/nonexistent/web");
  CHECK_FALSE(files.present());
  const Response response = files.serve("/", false);
  CHECK(response.status >= 400);
}
