#pragma once

// The published RTU frames of tests/data/modbus.json.

#include "tests/unit/protocols/vectors.hpp"

namespace anju::modbus::vectors {

using anju::vectors::fact;
using anju::vectors::lines;
using anju::vectors::Vector;

inline const std::vector<Vector>& all() {
  static const std::vector<Vector> kAll = anju::vectors::load("modbus", 20);
  return kAll;
}

inline std::vector<Vector> valid() {
  return anju::vectors::only_valid(all());
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

}  // namespace anju::modbus::vectors
