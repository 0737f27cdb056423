#pragma once

// The published frames of tests/data/dlt645.json.

#include "tests/unit/protocols/vectors.hpp"

namespace anju::dlt645::vectors {

using anju::vectors::fact;
using anju::vectors::lines;
using anju::vectors::Vector;

inline const std::vector<Vector>& all() {
  static const std::vector<Vector> kAll = anju::vectors::load("dlt645", 51);
  return kAll;
}

inline std::vector<Vector> valid() {
  return anju::vectors::only_valid(all());
}

}  // namespace anju::dlt645::vectors
