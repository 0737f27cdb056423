#pragma once

// The published RTU frames of tests/data/modbus.json (each names its source there) as the tests need them.

#include <doctest/doctest.h>
#include <boost/json.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/explanation.hpp"

namespace anju::modbus::vectors {

struct Vector {
  std::string name;
  base::Bytes bytes;
  bool valid = false;
  std::vector<std::string> facts;  ///< "key=JSON", in the order of the file; `note` and `reply_to` are about the vector
  std::string direction, error, reply_to;
};

inline Vector vector_of(const boost::json::object& object) {
  Vector vector;
  vector.name = object.at("name").as_string();
  vector.bytes = base::from_hex(object.at("hex").as_string()).value();
  vector.valid = object.at("valid").as_bool();
  for (const auto& [key, value] : object.at("expect").as_object()) {
    if (key == "reply_to") vector.reply_to = value.as_string();
    if (key == "error") vector.error = value.as_string();
    if (key == "direction") vector.direction = value.as_string();
    if (key == "reply_to" || key == "note") continue;
    vector.facts.push_back(std::string(key) + "=" + boost::json::serialize(value));
  }
  return vector;
}

inline const std::vector<Vector>& all() {
  static const std::vector<Vector> kAll = [] {
    std::ifstream file(ANJU_SOURCE_DIR "/tests/data/modbus.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    std::vector<Vector> vectors;
    const boost::json::value parsed = boost::json::parse(text);
    for (const auto& value : parsed.as_array()) vectors.push_back(vector_of(value.as_object()));
    return vectors;
  }();
  REQUIRE(kAll.size() >= 20);  // an empty file would make every test pass
  return kAll;
}

inline std::vector<Vector> valid() {
  std::vector<Vector> vectors;
  for (const Vector& vector : all()) {
    if (vector.valid) vectors.push_back(vector);
  }
  return vectors;
}

struct Exchange {
  Vector request, reply;
};

/// The published replies with the request they answer.
inline std::vector<Exchange> exchanges() {
  std::vector<Exchange> found;
  for (const Vector& reply : valid()) {
    for (const Vector& request : valid()) {
      if (!reply.reply_to.empty() && request.name == reply.reply_to) found.push_back({request, reply});
    }
  }
  REQUIRE(found.size() == 9);
  return found;
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

inline std::vector<std::string> lines(const base::Explanation& told) {
  std::vector<std::string> lines;
  for (const base::Fact& fact : told.facts) lines.push_back(std::string(fact.key) + "=" + json_of(fact.value));
  return lines;
}

/// ANJU_SEED=n repeats a run.
inline std::uint64_t seed() {
  const char* given = std::getenv("ANJU_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

inline base::Bytes joined(base::ByteView a, base::ByteView b) {
  base::Bytes both(a.begin(), a.end());
  both.insert(both.end(), b.begin(), b.end());
  return both;
}

}  // namespace anju::modbus::vectors
