#pragma once

// The published frames of tests/data/cjt188.json.

#include "tests/unit/protocols/vectors.hpp"

namespace anju::cjt188::vectors {

using anju::vectors::fact;
using anju::vectors::lines;
using anju::vectors::Vector;

inline const std::vector<Vector>& all() {
  static const std::vector<Vector> kAll = anju::vectors::load("cjt188", 15);
  return kAll;
}

inline std::vector<Vector> valid() {
  return anju::vectors::only_valid(all());
}

}  // namespace anju::cjt188::vectors
