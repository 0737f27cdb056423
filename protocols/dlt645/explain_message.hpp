#pragma once

// The part of explain() behind the link layer. Private to this folder.

#include "protocols/dlt645/explain.hpp"
#include "protocols/dlt645/frame.hpp"
#include "protocols/dlt645/function.hpp"

namespace anju::dlt645 {

/// Adds what the data field means; what does not make sense becomes a remark.
void explain_message(Explanation& out, const Frame& frame, const Control& control);

}  // namespace anju::dlt645
