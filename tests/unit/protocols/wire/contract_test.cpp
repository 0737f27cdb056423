// The golden examples against the codec; tests/contract holds the schemas against the same files.

#include <doctest/doctest.h>

#include <boost/json/parse.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"
#include "tests/source_dir.hpp"

using namespace anju;
using namespace anju::wire;
namespace json = boost::json;

namespace {

const std::filesystem::path kExamples = std::filesystem::path(test::source_dir()) / "protocols/wire/examples";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  REQUIRE_MESSAGE(stream, file.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Outcome {
  std::string code, where;  // of the error, empty when it decodes
  std::string written;      // encoded again
  bool stable = false;      // decodes to the same value again
};

template <class Message>
Outcome outcome(const base::Result<Message>& decoded, base::Result<Message> (*decode)(std::string_view)) {
  if (!decoded) return {std::string(decoded.error().code), decoded.error().where, {}, false};
  Outcome result{{}, {}, encode(*decoded), false};
  const auto again = decode(result.written);
  result.stable = again && *again == *decoded;
  return result;
}

Outcome decode_and_encode(std::string_view message, std::string_view text) {
  if (message == "up") return outcome(decode_up(text), decode_up);
  if (message == "state") return outcome(decode_state(text), decode_state);
  if (message == "live") return outcome(decode_live(text), decode_live);
  if (message == "ack") return outcome(decode_ack(text), decode_ack);
  if (message == "command") return outcome(decode_command(text), decode_command);
  if (message == "archive") return outcome(decode_archive(text), decode_archive);
  FAIL("a message that this test does not know: " << message);
  return {};
}

std::string text_or(const json::object& entry, const char* key) {
  const auto* value = entry.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string().c_str());
}

}  // namespace

TEST_CASE("wire examples: every good one decodes and encodes to the same JSON, every bad one fails with its code") {
  const json::value manifest = json::parse(text_of(kExamples / "manifest.json"));
  std::size_t good = 0, bad = 0;
  for (const auto& item : manifest.as_array()) {
    const json::object& entry = item.as_object();
    const std::string file = text_or(entry, "file");
    CAPTURE(file);
    const std::string text = text_of(kExamples / file);
    const Outcome seen = decode_and_encode(text_or(entry, "message"), text);
    CHECK(seen.code == text_or(entry, "error"));
    if (entry.contains("where")) CHECK(seen.where == text_or(entry, "where"));
    if (entry.contains("error")) {
      ++bad;
      continue;
    }
    ++good;
    CHECK(seen.stable);
    if (!entry.contains("canonical") && seen.code.empty()) CHECK(json::parse(seen.written) == json::parse(text));
  }
  CHECK(good >= 12);
  CHECK(bad >= 25);
}

TEST_CASE("wire examples: the manifest names every file") {
  const std::string manifest = text_of(kExamples / "manifest.json");
  for (const auto& file : std::filesystem::recursive_directory_iterator(kExamples)) {
    if (!file.is_regular_file() || file.path().filename() == "manifest.json") continue;
    const std::string name = std::filesystem::relative(file.path(), kExamples).generic_string();
    CAPTURE(name);
    CHECK(manifest.find("\"" + name + "\"") != std::string::npos);
  }
}
