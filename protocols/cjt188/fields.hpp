#pragma once

// DI and SER, which begin every data field but that of an error reply. Private to this folder.

#include <string>

#include "protocols/cjt188/data_id.hpp"
#include "protocols/cjt188/function.hpp"

namespace anju::cjt188 {

inline constexpr std::size_t kLead = 3;  ///< DI DI SER

[[nodiscard]] inline base::Bytes lead(const DataId& di, DiOrder order, std::uint8_t ser) {
  base::Bytes bytes;
  put(bytes, di, order);
  bytes.push_back(std::byte{ser});
  return bytes;
}

inline void append(base::Bytes& out, base::ByteView bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

[[nodiscard]] inline base::Bytes copy(base::ByteView bytes) {
  return {bytes.begin(), bytes.end()};
}

[[nodiscard]] inline tl::unexpected<base::Error> wrong_length(Function function, std::size_t length) {
  return base::fail(Errc::bad_length, "L " + std::to_string(length) + " in " + std::string(to_string(function)));
}

}  // namespace anju::cjt188
