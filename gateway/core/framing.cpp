#include "gateway/core/framing.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "protocols/cjt188/function.hpp"
#include "protocols/cjt188/message.hpp"
#include "protocols/dlt645/message.hpp"
#include "protocols/modbus/errc.hpp"
#include "protocols/modbus/function.hpp"
#include "protocols/modbus/reply.hpp"
#include "protocols/modbus/request.hpp"
#include "protocols/modbus/rtu.hpp"
#include "protocols/modbus/tcp.hpp"

namespace anju::gateway {
namespace {

template <class Errc>
Search::Verdict verdict_of(const base::Error& error) {
  if (error.is(Errc::need_more)) return Search::Verdict::more;
  return error.is(Errc::no_frame) ? Search::Verdict::nothing : Search::Verdict::broken;
}

template <class Errc, class Found>
Search search_of(base::Result<Found> found) {
  if (!found) return {verdict_of<Errc>(found.error()), {}, 0, 0};
  return {Search::Verdict::found, std::move(found->frame), found->skipped, found->consumed};
}

/// The one of a round that is being asked.
const modbus::Frame& now_asked(const ModbusRound& round) {
  return round.asked.front();
}

Search find_round(base::ByteView bytes, const ModbusRound& asked) {
  if (!asked.transaction) {
    auto found = modbus::rtu::find_reply(bytes, now_asked(asked));
    if (!found) return {verdict_of<modbus::Errc>(found.error()), {}, 0, 0};
    return {Search::Verdict::found, ModbusRound{{}, {std::move(found->frame)}, {}, {}}, found->skipped, found->consumed};
  }
  auto found = modbus::tcp::find(bytes);
  if (!found) return {verdict_of<modbus::Errc>(found.error()), {}, 0, 0};
  return {Search::Verdict::found, ModbusRound{{}, {std::move(found->message.frame)}, {}, found->message.transaction}, 0, found->consumed};
}

std::optional<modbus::ExceptionReply> exception_in(const modbus::Frame& heard) {
  const auto reply = modbus::decode_reply(heard.pdu);
  const auto* refused = reply ? std::get_if<modbus::ExceptionReply>(&*reply) : nullptr;
  return refused == nullptr ? std::nullopt : std::optional(*refused);
}

/// The exception that a read is answered with.
std::optional<base::Error> refusal_of_read(const modbus::Frame& asked, const modbus::Frame& heard) {
  const auto request = modbus::decode_request(asked.pdu);
  if (!request || !std::holds_alternative<modbus::Read>(*request)) return std::nullopt;
  const auto refused = exception_in(heard);
  return refused ? std::optional(refused->error()) : std::nullopt;
}

constexpr std::size_t kSerialAt = 2;  ///< of CJ/T188: behind the identifier

struct Encoding {
  std::size_t preamble;
  base::Result<base::Bytes> operator()(const dlt645::Frame& frame) const { return dlt645::encode(frame, preamble); }
  base::Result<base::Bytes> operator()(const cjt188::Frame& frame) const { return cjt188::encode(frame, preamble); }
  base::Result<base::Bytes> operator()(const ModbusRound& round) const {
    return round.transaction ? modbus::tcp::encode({*round.transaction, now_asked(round)}) : modbus::rtu::encode(now_asked(round));
  }
};

struct Size {
  std::size_t preamble;
  std::size_t operator()(const dlt645::Frame& one) const { return preamble + dlt645::kMaxFrame - dlt645::kMaxData + one.data.size(); }
  std::size_t operator()(const cjt188::Frame& one) const { return preamble + cjt188::kMaxFrame - cjt188::kMaxData + one.data.size(); }
  std::size_t operator()(const ModbusRound& round) const {
    const auto around = round.transaction ? modbus::tcp::kHeader : modbus::rtu::kMaxFrame - modbus::kMaxPdu;
    return around + now_asked(round).pdu.size();
  }
};

struct LongestAnswer {
  std::size_t operator()(const dlt645::Frame&) const { return kMostPreamble + dlt645::kMaxFrame; }
  std::size_t operator()(const cjt188::Frame&) const { return kMostPreamble + cjt188::kMaxFrame; }
  std::size_t operator()(const ModbusRound&) const { return modbus::tcp::kMaxMessage; }
};

struct Answering {
  bool operator()(const dlt645::Frame& asked, const dlt645::Frame& heard) const { return dlt645::answers(asked, heard); }
  bool operator()(const cjt188::Frame& asked, const cjt188::Frame& heard) const { return cjt188::answers(asked, heard); }
  bool operator()(const ModbusRound& asked, const ModbusRound& heard) const {
    return asked.transaction == heard.transaction && modbus::answers(now_asked(asked), heard.heard.front());
  }
  template <class Asked, class Heard>
  bool operator()(const Asked&, const Heard&) const { return false; }
};

struct Refusal {
  bool operator()(const dlt645::Frame& answer) const { return (answer.control & dlt645::kErrorReply) != 0; }
  bool operator()(const cjt188::Frame& answer) const { return (answer.control & cjt188::kErrorReply) != 0; }
  bool operator()(const ModbusRound& answer) const { return (static_cast<unsigned>(answer.heard.back().pdu.front()) & modbus::kExceptionBit) != 0; }
};

}  // namespace

base::Result<base::Bytes> encode(const LineFrame& frame, std::size_t preamble) {
  return std::visit(Encoding{preamble}, frame);
}

void number(LineFrame& question, std::uint64_t id) {
  if (auto* frame = std::get_if<cjt188::Frame>(&question); frame != nullptr && frame->data.size() > kSerialAt) {
    frame->data[kSerialAt] = static_cast<std::byte>(id);
  }
}

void stamp(LineFrame& question, std::uint16_t transaction) {
  auto* round = std::get_if<ModbusRound>(&question);
  if (round != nullptr && round->transaction) round->transaction = transaction;
}

FrameProtocol protocol_of(const LineFrame& frame) {
  if (std::holds_alternative<dlt645::Frame>(frame)) return FrameProtocol::dlt645;
  if (std::holds_alternative<cjt188::Frame>(frame)) return FrameProtocol::cjt188;
  return keeps_place(frame) ? FrameProtocol::modbus_tcp : FrameProtocol::modbus_rtu;
}

bool keeps_place(const LineFrame& question) {
  const auto* round = std::get_if<ModbusRound>(&question);
  return round != nullptr && round->transaction;
}

bool is_anonymous(const LineFrame& question) {
  const auto* round = std::get_if<ModbusRound>(&question);
  return round != nullptr && !round->transaction;
}

std::size_t size_of(const LineFrame& frame, std::size_t preamble) {
  return std::visit(Size{preamble}, frame);
}

std::size_t longest_answer(const LineFrame& asked) {
  return std::visit(LongestAnswer{}, asked);
}

bool answers(const LineFrame& asked, const LineFrame& heard) {
  return std::visit(Answering{}, asked, heard);
}

bool says_nobody(const LineFrame& answer) {
  const auto* round = std::get_if<ModbusRound>(&answer);
  if (round == nullptr || !is_refusal(answer)) return false;
  const auto refused = exception_in(round->heard.back());
  return refused && refused->error().is(modbus::Errc::gateway_target_failed_to_respond);
}

bool refuses_block(const modbus::Frame& asked, const modbus::Frame& heard) {
  using modbus::Errc;
  const auto refused = refusal_of_read(asked, heard);
  if (!refused) return false;
  constexpr std::array kOfAllOfIt{Errc::acknowledge, Errc::server_device_busy, Errc::gateway_path_unavailable, Errc::gateway_target_failed_to_respond};
  return std::ranges::none_of(kOfAllOfIt, [&](Errc errc) { return refused->is(errc); });
}

bool lacks_register(const modbus::Frame& asked, const modbus::Frame& heard) {
  const auto refused = refusal_of_read(asked, heard);
  return refused && (refused->is(modbus::Errc::illegal_function) || refused->is(modbus::Errc::illegal_data_address));
}

bool is_refusal(const LineFrame& answer) {
  return std::visit(Refusal{}, answer);
}

Search find_frame(base::ByteView bytes, const LineFrame& asked) {
  if (std::holds_alternative<cjt188::Frame>(asked)) return search_of<cjt188::Errc>(cjt188::find_frame(bytes));
  if (const auto* round = std::get_if<ModbusRound>(&asked)) return find_round(bytes, *round);
  return search_of<dlt645::Errc>(dlt645::find_frame(bytes));
}

std::optional<LineFrame> Parts::next(const LineFrame& request, const LineFrame& answer) {
  if (const auto* asked = std::get_if<dlt645::Frame>(&request)) return next_block(*asked, std::get<dlt645::Frame>(answer));
  const auto* round = std::get_if<ModbusRound>(&request);
  if (round == nullptr) return std::nullopt;
  return next_of_round(*round, std::get<ModbusRound>(answer));
}

std::optional<LineFrame> Parts::next_of_round(const ModbusRound& round, const ModbusRound& answer) {
  if (asked_.empty()) asked_ = round.asked;
  const auto& asked = asked_[heard_.size()];
  heard_.push_back(answer.heard.front());
  if (is_refusal(LineFrame(answer))) {
    // What follows a refused write may rest on it. A register that the device does not give takes no other with it: its neighbours are asked apart,
    // whether it is not there (02), the block is longer than the device reads in one go (03), or what is behind one of them is out of order (04).
    if (!refuses_block(asked, heard_.back())) return std::nullopt;
    const auto at = std::ranges::find(round.asked, asked) - round.asked.begin();
    if (static_cast<std::size_t>(at) < round.apart.size()) {
      const auto& apart = round.apart[static_cast<std::size_t>(at)];
      asked_.insert(asked_.begin() + static_cast<std::ptrdiff_t>(heard_.size()), apart.begin(), apart.end());
    }
  }
  if (heard_.size() >= asked_.size()) return std::nullopt;
  return ModbusRound{{asked_[heard_.size()]}, {}, {}, round.transaction};
}

std::optional<LineFrame> Parts::next_block(const dlt645::Frame& asked, const dlt645::Frame& frame) {
  const auto reply = dlt645::decode_reply(frame);
  const auto* read = reply ? std::get_if<dlt645::ReadReply>(&reply->reply) : nullptr;
  if (read == nullptr || (!read->more && !block_)) return std::nullopt;
  auto joined = dlt645::join(block_.value_or(dlt645::BlockJoin::begin(read->di)), *read);
  if (!joined) return std::nullopt;  // out of order: the asker sees a part of a block and takes it for what it is
  block_ = std::move(*joined);
  const auto next = dlt645::next_request(*block_);
  if (!next) return std::nullopt;
  auto made = dlt645::make_request(reply->edition, asked.address, *next);
  if (!made) return std::nullopt;
  return std::move(*made);
}

LineFrame Parts::whole(const LineFrame& request, LineFrame last) const {
  if (const auto* round = std::get_if<ModbusRound>(&request)) return ModbusRound{asked_, heard_, {}, round->transaction};
  if (!block_ || !block_->complete) return last;
  const auto& asked = std::get<dlt645::Frame>(request);
  auto& frame = std::get<dlt645::Frame>(last);
  frame.control = static_cast<std::uint8_t>((asked.control & dlt645::kCodeMask) | dlt645::kFromMeter);
  frame.data = asked.data;
  frame.data.resize(block_->di.size());
  frame.data.insert(frame.data.end(), block_->value.begin(), block_->value.end());
  return last;
}

}  // namespace anju::gateway
