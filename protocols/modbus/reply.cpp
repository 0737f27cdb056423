#include "protocols/modbus/reply.hpp"

#include <array>
#include <string>

#include "protocols/modbus/fields.hpp"

namespace anju::modbus {
namespace {

constexpr std::size_t kReadHead = 2, kWriteSize = 5, kExceptionSize = 2;

struct Exception {
  std::uint8_t code;
  Errc errc;
};
constexpr std::array kExceptions{
    Exception{0x01, Errc::illegal_function},
    Exception{0x02, Errc::illegal_data_address},
    Exception{0x03, Errc::illegal_data_value},
    Exception{0x04, Errc::server_device_failure},
    Exception{0x05, Errc::acknowledge},
    Exception{0x06, Errc::server_device_busy},
    Exception{0x07, Errc::negative_acknowledge},
    Exception{0x08, Errc::memory_parity_error},
    Exception{0x0A, Errc::gateway_path_unavailable},
    Exception{0x0B, Errc::gateway_target_failed_to_respond},
};

base::Result<base::Bytes> encode_one(const BitsReply& reply) {
  if (!reads_bits(reply.function)) return base::fail(Errc::illegal_function, std::string(to_string(reply.function)) + " does not read bits");
  if (reply.packed.empty() || reply.packed.size() > bytes_of_bits(kMaxReadBits)) return base::fail(Errc::illegal_data_value, "1 to 250 bytes of bits");
  base::Bytes pdu;
  put_byte(pdu, code_of(reply.function));
  put_byte(pdu, reply.packed.size());
  pdu.insert(pdu.end(), reply.packed.begin(), reply.packed.end());
  return pdu;
}

base::Result<base::Bytes> encode_one(const RegistersReply& reply) {
  if (!reads_registers(reply.function)) return base::fail(Errc::illegal_function, std::string(to_string(reply.function)) + " does not read registers");
  if (reply.values.empty() || reply.values.size() > kMaxReadRegisters) return base::fail(Errc::illegal_data_value, "1 to 125 registers");
  base::Bytes pdu;
  put_byte(pdu, code_of(reply.function));
  put_byte(pdu, reply.values.size() * 2);
  for (const std::uint16_t value : reply.values) put_word(pdu, value);
  return pdu;
}

base::Result<base::Bytes> encode_one(const WriteReply& reply) {
  if (reads(reply.function)) return base::fail(Errc::illegal_function, std::string(to_string(reply.function)) + " does not write");
  base::Bytes pdu;
  put_byte(pdu, code_of(reply.function));
  put_word(pdu, reply.address);
  put_word(pdu, reply.word);
  // What the decoder would refuse is not sent.
  return decode_reply(pdu).map([&](const Reply&) { return pdu; });
}

base::Result<base::Bytes> encode_one(const ExceptionReply& reply) {
  base::Bytes pdu;
  put_byte(pdu, code_of(reply.function) | kExceptionBit);
  put_byte(pdu, reply.code);
  return pdu;
}

base::Result<Reply> decode_read(Function function, base::ByteView pdu) {
  if (pdu.size() < kReadHead || pdu.size() != kReadHead + base::to_u8(pdu[1])) {
    return base::fail(Errc::bad_length, std::to_string(pdu.size()) + " bytes do not fit the byte count");
  }
  const base::ByteView data = pdu.subspan(kReadHead);
  if (reads_bits(function)) {
    if (data.empty() || data.size() > bytes_of_bits(kMaxReadBits)) return base::fail(Errc::illegal_data_value, "1 to 250 bytes of bits");
    return BitsReply{.function = function, .packed = base::Bytes(data.begin(), data.end())};
  }
  if (data.empty() || data.size() % 2 != 0 || data.size() > kMaxReadRegisters * 2) return base::fail(Errc::illegal_data_value, "1 to 125 whole registers");
  RegistersReply reply{.function = function, .values = {}};
  for (std::size_t at = 0; at < data.size(); at += 2) reply.values.push_back(word_at(data, at));
  return reply;
}

base::Result<Reply> decode_write(Function function, base::ByteView pdu) {
  if (pdu.size() != kWriteSize) return base::fail(Errc::bad_length, std::to_string(pdu.size()) + " bytes instead of 5");
  const WriteReply reply{.function = function, .address = word_at(pdu, 1), .word = word_at(pdu, 3)};
  const bool many = function == Function::write_coils || function == Function::write_registers;
  const std::size_t most = function == Function::write_coils ? kMaxWriteBits : kMaxWriteRegisters;
  if (function == Function::write_coil && reply.word != 0xFF00 && reply.word != 0) {
    return base::fail(Errc::illegal_data_value, "a coil is FF00 or 0000, not " + hex_word(reply.word));
  }
  if (many && (reply.word < 1 || reply.word > most)) return base::fail(Errc::illegal_data_value, "1 to " + std::to_string(most));
  return reply;
}

}  // namespace

bool BitsReply::bit(std::size_t at) const {
  return at / 8 < packed.size() && (base::to_u8(packed[at / 8]) >> (at % 8) & 1U) != 0;
}

base::Error ExceptionReply::error() const {
  const std::string asked(to_string(function));
  for (const Exception& known : kExceptions) {
    if (known.code == code) return {known.errc, asked};
  }
  return {Errc::unknown_exception, asked + ": code " + hex_byte(code)};
}

base::Result<base::Bytes> encode(const Reply& reply) {
  return std::visit([](const auto& one) { return encode_one(one); }, reply);
}

base::Result<Reply> decode_reply(base::ByteView pdu) {
  if (pdu.empty()) return base::fail(Errc::bad_length, "no byte");
  const std::uint8_t code = base::to_u8(pdu[0]);
  const auto function = function_of(static_cast<std::uint8_t>(code & ~kExceptionBit));
  if (!function) return base::fail(Errc::unknown_function, hex_byte(code));
  if ((code & kExceptionBit) != 0) {
    if (pdu.size() != kExceptionSize) return base::fail(Errc::bad_length, std::to_string(pdu.size()) + " bytes instead of 2");
    return ExceptionReply{.function = *function, .code = base::to_u8(pdu[1])};
  }
  return reads(*function) ? decode_read(*function, pdu) : decode_write(*function, pdu);
}

std::optional<std::uint8_t> exception_of(const base::Error& refused) {
  for (const Exception& known : kExceptions) {
    if (refused.is(known.errc)) return known.code;
  }
  return std::nullopt;
}

}  // namespace anju::modbus
