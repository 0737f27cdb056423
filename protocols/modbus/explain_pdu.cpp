#include "protocols/modbus/explain_pdu.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/modbus/fields.hpp"
#include "protocols/modbus/reply.hpp"

namespace anju::modbus {
namespace {

using Texts = std::vector<std::string>;

std::string bit_text(bool on) { return on ? "1" : "0"; }

void add(base::Explanation& out, std::string_view key, std::int64_t number) { out.facts.push_back({key, number}); }

void add_function(base::Explanation& out, Function function) {
  out.facts.push_back({"function", std::string(to_string(function))});
  out.facts.push_back({"function_code", hex_byte(code_of(function))});
}

void add_address(base::Explanation& out, std::uint16_t address) {
  add(out, "register_address", address);
  out.facts.push_back({"register_address_hex", hex_word(address)});
}

void add_words(base::Explanation& out, std::string_view key, const std::vector<std::uint16_t>& words) {
  Texts texts;
  for (const std::uint16_t word : words) texts.push_back(hex_word(word));
  out.facts.push_back({key, std::move(texts)});
}

void tell(base::Explanation& out, const Read& read) {
  add_address(out, read.address);
  add(out, "count", read.count);
}
void tell(base::Explanation& out, const WriteCoil& write) {
  add_address(out, write.address);
  out.facts.push_back({"on", write.on});
}
void tell(base::Explanation& out, const WriteRegister& write) {
  add_address(out, write.address);
  add_words(out, "registers", {write.value});
}
void tell(base::Explanation& out, const WriteCoils& write) {
  add_address(out, write.address);
  add(out, "count", static_cast<std::int64_t>(write.on.size()));
  Texts bits;
  for (const bool on : write.on) bits.push_back(bit_text(on));
  out.facts.push_back({"bits", std::move(bits)});
}
void tell(base::Explanation& out, const WriteRegisters& write) {
  add_address(out, write.address);
  add(out, "count", static_cast<std::int64_t>(write.values.size()));
  add_words(out, "registers", write.values);
}

void tell(base::Explanation& out, const BitsReply& reply, const std::optional<Read>& asked) {
  const std::size_t count = asked ? asked->count : reply.packed.size() * 8;
  if (asked) add_address(out, asked->address);
  add(out, asked ? "count" : "count_at_most", static_cast<std::int64_t>(count));
  Texts bits;
  for (std::size_t i = 0; i < count; ++i) bits.push_back(bit_text(reply.bit(i)));
  out.facts.push_back({"bits", std::move(bits)});
}
void tell(base::Explanation& out, const RegistersReply& reply, const std::optional<Read>& asked) {
  if (asked) add_address(out, asked->address);
  add(out, "count", static_cast<std::int64_t>(reply.values.size()));
  add_words(out, "registers", reply.values);
}
void tell(base::Explanation& out, const WriteReply& reply, const std::optional<Read>&) {
  add_address(out, reply.address);
  if (reply.function == Function::write_coil) {
    out.facts.push_back({"on", reply.word != 0});
  } else if (reply.function == Function::write_register) {
    add_words(out, "registers", {reply.word});
  } else {
    add(out, "count", reply.word);
  }
}
void tell(base::Explanation& out, const ExceptionReply& reply, const std::optional<Read>&) {
  out.facts.push_back({"exception_code", hex_byte(reply.code)});
  out.facts.push_back({"exception", std::string(reply.error().code)});
}

}  // namespace

void explain_request(base::Explanation& out, base::ByteView pdu) {
  const auto request = decode_request(pdu);
  if (!request) {
    explain_unknown(out, pdu);
    out.remarks.push_back(request.error());
    return;
  }
  add_function(out, function_of(*request));
  std::visit([&](const auto& one) { tell(out, one); }, *request);
}

void explain_reply(base::Explanation& out, base::ByteView pdu, const std::optional<Read>& asked) {
  const auto reply = decode_reply(pdu);
  if (!reply) {
    explain_unknown(out, pdu);
    out.remarks.push_back(reply.error());
    return;
  }
  std::visit([&](const auto& one) {
    add_function(out, one.function);
    tell(out, one, asked);
  }, *reply);
}

void explain_unknown(base::Explanation& out, base::ByteView pdu) {
  if (pdu.empty()) return;
  const std::uint8_t code = base::to_u8(pdu[0]);
  if (const auto function = function_of(code)) out.facts.push_back({"function", std::string(to_string(*function))});
  out.facts.push_back({"function_code", hex_byte(code)});
  out.facts.push_back({"data_wire", base::to_hex(pdu.subspan(1))});
}

}  // namespace anju::modbus
