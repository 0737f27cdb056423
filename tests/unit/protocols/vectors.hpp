#pragma once

// The published frames of tests/data/*.json (each names its source there; format: shared reference meters.md 12) as the tests need them, and
// what a protocol's explain() says in the same words.

#include <doctest/doctest.h>
#include <boost/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/explanation.hpp"
#include "tests/source_dir.hpp"

namespace anju::vectors {

struct Vector {
  std::string name;
  base::Bytes bytes;
  bool valid = false;
  std::vector<std::string> facts;  ///< "key=JSON", in the order of the file; `note` and `reply_to` are about the vector
  std::string error;               ///< of an invalid one
  std::string reply_to;            ///< name of the request, or empty
};

inline Vector vector_of(const boost::json::object& object) {
  Vector vector;
  vector.name = object.at("name").as_string();
  vector.bytes = base::from_hex(object.at("hex").as_string()).value();
  vector.valid = object.at("valid").as_bool();
  for (const auto& [key, value] : object.at("expect").as_object()) {
    if (key == "reply_to") vector.reply_to = value.as_string();
    if (key == "error") vector.error = value.as_string();
    if (key == "reply_to" || key == "note") continue;
    vector.facts.push_back(std::string(key) + "=" + boost::json::serialize(value));
  }
  return vector;
}

/// Of tests/data/<protocol>.json, which has at least that many: an empty file would make every test pass.
inline std::vector<Vector> load(std::string_view protocol, std::size_t at_least) {
  std::ifstream file(test::source_dir() + "/tests/data/" + std::string(protocol) + ".json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::vector<Vector> vectors;
  const boost::json::value parsed = boost::json::parse(text);
  for (const auto& value : parsed.as_array()) vectors.push_back(vector_of(value.as_object()));
  REQUIRE(vectors.size() >= at_least);
  return vectors;
}

inline std::vector<Vector> only_valid(const std::vector<Vector>& all) {
  std::vector<Vector> vectors;
  std::ranges::copy_if(all, std::back_inserter(vectors), &Vector::valid);
  return vectors;
}

inline std::string json_of(const base::FactValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return boost::json::serialize(boost::json::value(*flag));
  if (const auto* number = std::get_if<std::int64_t>(&value)) return boost::json::serialize(boost::json::value(*number));
  if (const auto* text = std::get_if<std::string>(&value)) return boost::json::serialize(boost::json::value(*text));
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) {
    return boost::json::serialize(boost::json::array(list->begin(), list->end()));
  }
  return "null";
}

/// In the form of Vector::facts.
inline std::vector<std::string> lines(const base::Explanation& told) {
  std::vector<std::string> lines;
  for (const base::Fact& fact : told.facts) lines.push_back(std::string(fact.key) + "=" + json_of(fact.value));
  return lines;
}

/// One fact as JSON, or "(absent)".
inline std::string fact(const base::Explanation& told, std::string_view key) {
  const auto found = std::ranges::find(told.facts, key, &base::Fact::key);
  return found == told.facts.end() ? "(absent)" : json_of(found->value);
}

}  // namespace anju::vectors
