#include "protocols/modbus/request.hpp"

#include <string>

#include "protocols/modbus/fields.hpp"

namespace anju::modbus {
namespace {

constexpr std::size_t kAddressSpace = 65536, kFixedSize = 5, kByteCountAt = 5, kManyHead = 6;
constexpr std::uint16_t kOn = 0xFF00, kOff = 0x0000;

std::size_t most_of(Function function) {
  switch (function) {
    case Function::read_coils:
    case Function::read_discrete_inputs: return kMaxReadBits;
    case Function::read_holding_registers:
    case Function::read_input_registers: return kMaxReadRegisters;
    case Function::write_coils: return kMaxWriteBits;
    case Function::write_registers: return kMaxWriteRegisters;
    case Function::write_coil:
    case Function::write_register: break;
  }
  return 1;
}

base::Result<> check(Function function, std::uint16_t address, std::size_t count) {
  if (count < 1 || count > most_of(function)) {
    return base::fail(Errc::illegal_data_value, "count " + std::to_string(count) + " of " + std::string(to_string(function)) + ": 1 to " +
                                                    std::to_string(most_of(function)));
  }
  if (address + count > kAddressSpace) {
    return base::fail(Errc::illegal_data_address, std::to_string(count) + " from " + std::to_string(address) + " run past 65535");
  }
  return {};
}

base::Bytes head(Function function, std::uint16_t address, std::uint16_t word) {
  base::Bytes pdu;
  put_byte(pdu, code_of(function));
  put_word(pdu, address);
  put_word(pdu, word);
  return pdu;
}

base::Result<base::Bytes> encode_one(const Read& read) {
  if (!reads(read.function)) return base::fail(Errc::illegal_function, std::string(to_string(read.function)) + " does not read");
  if (const auto fits = check(read.function, read.address, read.count); !fits) return base::pass(fits);
  return head(read.function, read.address, read.count);
}

base::Result<base::Bytes> encode_one(const WriteCoil& write) {
  return head(Function::write_coil, write.address, write.on ? kOn : kOff);
}

base::Result<base::Bytes> encode_one(const WriteRegister& write) {
  return head(Function::write_register, write.address, write.value);
}

base::Result<base::Bytes> encode_one(const WriteCoils& write) {
  if (const auto fits = check(Function::write_coils, write.address, write.on.size()); !fits) return base::pass(fits);
  base::Bytes pdu = head(Function::write_coils, write.address, static_cast<std::uint16_t>(write.on.size()));
  put_byte(pdu, bytes_of_bits(write.on.size()));
  pdu.resize(kManyHead + bytes_of_bits(write.on.size()));
  for (std::size_t i = 0; i < write.on.size(); ++i) {
    if (write.on[i]) pdu[kManyHead + i / 8] |= static_cast<std::byte>(1U << (i % 8));
  }
  return pdu;
}

base::Result<base::Bytes> encode_one(const WriteRegisters& write) {
  if (const auto fits = check(Function::write_registers, write.address, write.values.size()); !fits) return base::pass(fits);
  base::Bytes pdu = head(Function::write_registers, write.address, static_cast<std::uint16_t>(write.values.size()));
  put_byte(pdu, write.values.size() * 2);
  for (const std::uint16_t value : write.values) put_word(pdu, value);
  return pdu;
}

base::Result<Request> decode_coils(std::uint16_t address, std::size_t count, base::ByteView packed) {
  if (packed.size() != bytes_of_bits(count)) return base::fail(Errc::illegal_data_value, "byte count");
  if (count % 8 != 0 && base::to_u8(packed.back()) >> (count % 8) != 0) {
    return base::fail(Errc::illegal_data_value, "padding bits that are set");
  }
  WriteCoils write{.address = address, .on = {}};
  for (std::size_t i = 0; i < count; ++i) write.on.push_back((base::to_u8(packed[i / 8]) >> (i % 8) & 1U) != 0);
  return write;
}

base::Result<Request> decode_registers(std::uint16_t address, std::size_t count, base::ByteView words) {
  if (words.size() != count * 2) return base::fail(Errc::illegal_data_value, "byte count");
  WriteRegisters write{.address = address, .values = {}};
  for (std::size_t i = 0; i < count; ++i) write.values.push_back(word_at(words, i * 2));
  return write;
}

}  // namespace

Function function_of(const Request& request) {
  if (const auto* read = std::get_if<Read>(&request)) return read->function;
  if (std::holds_alternative<WriteCoil>(request)) return Function::write_coil;
  if (std::holds_alternative<WriteRegister>(request)) return Function::write_register;
  if (std::holds_alternative<WriteCoils>(request)) return Function::write_coils;
  return Function::write_registers;
}

base::Result<base::Bytes> encode(const Request& request) {
  return std::visit([](const auto& one) { return encode_one(one); }, request);
}

std::optional<std::size_t> request_size(base::ByteView begin) {
  if (begin.empty()) return 0;
  const auto function = function_of(base::to_u8(begin[0]));
  if (!function) return std::nullopt;
  if (*function != Function::write_coils && *function != Function::write_registers) return kFixedSize;
  if (begin.size() <= kByteCountAt) return 0;
  return kManyHead + base::to_u8(begin[kByteCountAt]);
}

base::Result<Request> decode_request(base::ByteView pdu) {
  const auto size = request_size(pdu);
  if (!size) return base::fail(Errc::illegal_function, hex_byte(base::to_u8(pdu[0])));
  if (*size == 0 || pdu.size() != *size) {
    return base::fail(Errc::bad_length, std::to_string(pdu.size()) + " bytes" + (*size == 0 ? "" : " instead of " + std::to_string(*size)));
  }
  const Function function = *function_of(base::to_u8(pdu[0]));
  const std::uint16_t address = word_at(pdu, 1), word = word_at(pdu, 3);
  if (function == Function::write_coil) {
    if (word != kOn && word != kOff) return base::fail(Errc::illegal_data_value, "a coil is FF00 or 0000, not " + hex_word(word));
    return WriteCoil{.address = address, .on = word == kOn};
  }
  if (function == Function::write_register) return WriteRegister{.address = address, .value = word};
  if (const auto fits = check(function, address, word); !fits) return base::pass(fits);
  if (reads(function)) return Read{.function = function, .address = address, .count = word};
  const base::ByteView data = pdu.subspan(kManyHead);
  return function == Function::write_coils ? decode_coils(address, word, data) : decode_registers(address, word, data);
}

}  // namespace anju::modbus
