#include "gateway/app/version.hpp"

#include <string_view>

namespace anju::gateway {
namespace {

constexpr std::string_view kProgram = "anju-gateway ";

}  // namespace

/// Visible outside, so that it stays one text: the end-to-end tests make the next version of a built program by changing it there.
extern const char kVersionText[];
const char kVersionText[] = "anju-gateway " ANJU_VERSION;

std::string program_version() {
  return kVersionText + kProgram.size();
}

}  // namespace anju::gateway
