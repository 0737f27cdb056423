#include "protocols/wire/detail.hpp"

namespace anju::wire {

std::string detail(std::span<const DetailValue> values) {
  std::string text;
  for (const DetailValue& each : values) {
    if (each.value.empty()) continue;
    if (!text.empty()) text += "; ";
    text.append(each.name) += '=';
    for (const char c : each.value) text += c == ';' || static_cast<unsigned char>(c) < 0x20 ? ',' : c;
  }
  return text;
}

}  // namespace anju::wire
