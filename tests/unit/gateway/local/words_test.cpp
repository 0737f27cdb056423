// Whatever a frame's explanation can say has a name on the installer's page, in both languages, or the page leaves it out.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "tests/source_dir.hpp"

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Every first group of the pattern.
std::set<std::string> all_of(const std::string& text, const char* pattern) {
  const std::regex regex(pattern);
  std::set<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) found.insert((*at)[1]);
  return found;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
  const auto begin = text.find(from);
  REQUIRE(begin != std::string::npos);
  return text.substr(begin, text.find(to, begin) - begin);
}

}  // namespace

TEST_CASE("page: every fact that a frame is told with has a name in both languages, or is left out on purpose") {
  const std::filesystem::path root(anju::test::source_dir());
  std::set<std::string> keys{"remarks", "relay_ack", "ack", "count_at_most", "value", "meter_number", "address_read"};  // chosen between two, or by JSON
  for (const char* protocol : {"dlt645", "cjt188", "modbus"}) {
    for (const auto& file : std::filesystem::directory_iterator(root / "protocols" / protocol)) {
      if (!file.path().filename().string().starts_with("explain") || file.path().extension() != ".cpp") continue;
      keys.merge(all_of(text_of(file.path()), R"re((?:push_back\(\{|add\(|add\(out, |add_words\(out, )"([a-z][a-z0-9_]*)")re"));
    }
  }
  CHECK(keys.size() > 60);
  const auto names = all_of(between(text_of(root / "gateway/local/page/words.js"), "export const factNames", "};"), R"re(([a-z][a-z0-9_]*): \['[^']+', '[^']+'\])re");
  const auto dull = all_of(between(text_of(root / "gateway/local/page/page.js"), "const dull", ");"), R"re('([a-z][a-z0-9_]*)')re");
  for (const auto& key : keys) CHECK_MESSAGE((names.contains(key) || dull.contains(key)), key);
  for (const auto& key : names) CHECK_MESSAGE((keys.contains(key) && !dull.contains(key)), key);
}
