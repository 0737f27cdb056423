#include "gateway/core/download.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "gateway/core/errc.hpp"
#include "tests/unit/protocols/noise.hpp"

using namespace anju;
using namespace anju::gateway;

TEST_CASE("download: an address has a server and a path") {
  const auto address = parse_file_address("https://releases.example.com:8443/gw/0.2.0.anju?of=us");
  REQUIRE(address);
  CHECK(address->server.tls);
  CHECK(address->server.host == "releases.example.com");
  CHECK(address->server.port == 8443);
  CHECK(address->path == "/gw/0.2.0.anju?of=us");
  CHECK(parse_file_address("http://[::1]/x")->server.host == "::1");
  for (const char* wrong : {"", "https://host", "ftp://host/x", "/etc/passwd", "https:///x", "https://host/a b", "https://host/a\r\nHost: b",
                            "https://us:er@host/x", "https://host/\xe5\x9b\xba"}) {
    CAPTURE(wrong);
    const auto read = parse_file_address(wrong);
    REQUIRE_FALSE(read);
    CHECK(read.error().is(Errc::bad_uri));
    CHECK_FALSE(read.error().where.empty());
  }
  CHECK_FALSE(parse_file_address("https://host/" + std::string(1000, 'a')));
  CHECK(is_web_address("http://x"));
  CHECK_FALSE(is_web_address("/home/installer/https.anju"));
}

TEST_CASE("download: what is done with an answer") {
  struct Case {
    const char* name;
    int status;
    const char* range;
    std::int64_t have;
    FileStep step;
  };
  for (const Case& one : {
           Case{"the whole file", 200, "", 0, FileStep::restart},
           Case{"a server without ranges, or another file: from the beginning", 200, "", 100, FileStep::restart},
           Case{"the rest", 206, "bytes 100-199/200", 100, FileStep::append},
           Case{"the rest of a file of unknown length", 206, "bytes 100-199/*", 100, FileStep::append},
           Case{"another part than was asked for", 206, "bytes 0-199/200", 100, FileStep::discard},
           Case{"a part that does not say which", 206, "", 100, FileStep::discard},
           Case{"a part that nobody asked for", 206, "bytes 5-6/200", 0, FileStep::refused},
           Case{"nothing more", 416, "bytes */200", 200, FileStep::whole},
           Case{"less than is here", 416, "bytes */150", 200, FileStep::discard},
           Case{"no such part, and no word why", 416, "", 200, FileStep::discard},
           Case{"nonsense", 416, "bytes */200", 0, FileStep::refused},
           Case{"not there", 404, "", 100, FileStep::refused},
           Case{"somewhere else", 302, "", 0, FileStep::refused},
           Case{"too many questions", 429, "", 100, FileStep::again},
           Case{"a proxy without its server", 502, "", 0, FileStep::again},
       }) {
    CAPTURE(one.name);
    CHECK(step_after({one.status, one.range, "", -1, 0}, one.have) == one.step);
  }
}

TEST_CASE("download: how long the whole file is") {
  CHECK(whole_length({200, "", "", 300, 0}) == 300);
  CHECK(whole_length({206, "bytes 100-199/200", "", 100, 0}) == 200);
  CHECK(whole_length({206, "bytes 100-199/*", "", 100, 0}) == -1);
  CHECK(whole_length({200, "", "", -1, 0}) == -1);
}

TEST_CASE("download: no header makes a range of what is none") {
  for (const char* range : {"bytes 100-99/200", "bytes 100-200/200", "bytes -100-199/200", "bytes 100-199/200 ", "octets 100-199/200", "bytes 100",
                            "bytes 100-", "bytes *", "bytes 99999999999999999999-1/2", "bytes 100-199/-1"}) {
    CAPTURE(range);
    CHECK(step_after({206, range, "", -1, 0}, 100) == FileStep::discard);
  }
  const std::uint64_t seed = noise::seed();
  MESSAGE("ANJU_SEED=" << seed);
  std::mt19937_64 random(seed);
  constexpr std::string_view kLetters = "bytes 0123456789-/*";
  for (int i = 0; i < 20'000; ++i) {
    std::string text = random() % 2 == 0 ? "bytes " : "";
    for (auto count = random() % 20; count > 0; --count) text += kLetters[random() % kLetters.size()];
    const auto step = step_after({206, text, "", -1, 0}, 100);
    CHECK((step == FileStep::append || step == FileStep::discard));
    if (step == FileStep::append) CHECK(text.starts_with("bytes 100-"));
  }
}

TEST_CASE("download: a mark is read as it was written, and what is torn is none") {
  const DownloadMark mark{"https://host/x", "\"abc\""};
  const std::string text = encode(mark);
  CHECK(decode_download_mark(text) == mark);
  CHECK(decode_download_mark(encode({"https://host/x", ""})) == DownloadMark{"https://host/x", ""});
  for (std::size_t size = 0; size < text.size(); ++size) CHECK(decode_download_mark(text.substr(0, size)) == DownloadMark{});
  CHECK(decode_download_mark(text + "more") == DownloadMark{});
}
