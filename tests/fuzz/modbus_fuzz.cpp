// Entry point of the fuzzer and of the replay: any bytes, no undefined behaviour, every rule kept.

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/modbus_rules.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  std::string rule = anju::modbus::rules::broken(bytes);
  if (rule.empty()) rule = anju::modbus::rules::broken_inside_a_frame(bytes);
  if (!rule.empty()) {
    std::fprintf(stderr, "%s: %s\n", rule.c_str(), anju::base::to_hex(bytes).c_str());
    std::abort();
  }
  return 0;
}
