#pragma once

// The published frames of tests/data/dlt645.json (each names its source there) as the tests need them.

#include <doctest/doctest.h>
#include <boost/json.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "protocols/base/bytes.hpp"

namespace anju::dlt645::vectors {

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

inline const std::vector<Vector>& all() {
  static const std::vector<Vector> kAll = [] {
    std::ifstream file(ANJU_SOURCE_DIR "/tests/data/dlt645.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    std::vector<Vector> vectors;
    const boost::json::value parsed = boost::json::parse(text);
    for (const auto& value : parsed.as_array()) vectors.push_back(vector_of(value.as_object()));
    return vectors;
  }();
  REQUIRE(kAll.size() > 50);  // an empty file would make every test pass
  return kAll;
}

inline std::vector<Vector> valid() {
  std::vector<Vector> vectors;
  for (const Vector& vector : all()) {
    if (vector.valid) vectors.push_back(vector);
  }
  return vectors;
}

}  // namespace anju::dlt645::vectors
