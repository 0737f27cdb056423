#include "gateway/core/heard.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <variant>
#include <vector>

#include "gateway/core/framing.hpp"
#include "protocols/cjt188/function.hpp"
#include "protocols/dlt645/function.hpp"
#include "protocols/modbus/function.hpp"
#include "protocols/modbus/message.hpp"
#include "protocols/modbus/rtu.hpp"

namespace anju::gateway {
namespace {

constexpr std::byte kStart{0x68}, kWakeUp{0xFE};
constexpr std::size_t kLeastPattern = 8;  // bytes; fewer look like anything

/// The question as a frame; nullopt for what nobody here can read back.
std::optional<LineFrame> question_of(const Trace& trace) {
  switch (trace.protocol) {
    case FrameProtocol::dlt645: {
      auto found = dlt645::find_frame_at_end(trace.request);
      return found ? std::optional<LineFrame>(std::move(found->frame)) : std::nullopt;
    }
    case FrameProtocol::cjt188: {
      auto found = cjt188::find_frame_at_end(trace.request);
      return found ? std::optional<LineFrame>(std::move(found->frame)) : std::nullopt;
    }
    case FrameProtocol::modbus_rtu: {
      auto found = modbus::rtu::find_request_at_end(trace.request);
      return found ? std::optional<LineFrame>(ModbusRound{{std::move(found->frame)}, {}, {}, {}}) : std::nullopt;
    }
    case FrameProtocol::modbus_tcp: break;
  }
  return std::nullopt;
}

base::ByteView without_wake_up(base::ByteView bytes) {
  while (!bytes.empty() && bytes.front() == kWakeUp) bytes = bytes.subspan(1);
  return bytes;
}

bool is_level(std::byte byte) { return byte == std::byte{0x00} || byte == std::byte{0xFF}; }

/// A frame that a master sends. Answers to Modbus writes look like their questions, and 8 bytes of coils may: only reads of registers are sure.
bool is_question(const dlt645::Frame& frame) { return (frame.control & dlt645::kFromMeter) == 0; }
bool is_question(const cjt188::Frame& frame) { return (frame.control & cjt188::kFromMeter) == 0; }
bool is_question(const modbus::Frame& frame) {
  const auto function = frame.pdu.empty() ? std::nullopt : modbus::function_of(base::to_u8(frame.pdu.front()));
  return function && modbus::reads_registers(*function);
}

template <class Find>
int questions_of(base::ByteView bytes, Find find) {
  int count = 0;
  while (true) {
    const auto found = find(bytes);
    if (!found) return count;
    if (is_question(found->frame)) ++count;
    bytes = bytes.subspan(found->consumed);
  }
}

/// Whole questions in any protocol: another master need not speak what we spoke last.
int questions_in(base::ByteView bytes) {
  if (const int count = questions_of(bytes, dlt645::find_frame_at_end); count > 0) return count;
  if (const int count = questions_of(bytes, cjt188::find_frame_at_end); count > 0) return count;
  return questions_of(bytes, modbus::rtu::find_request_at_end);
}

/// How the answer to a question begins, byte by byte; nullopt where that is not known before.
std::vector<std::optional<std::uint8_t>> head_of(const Trace& trace, const LineFrame& question) {
  std::vector<std::optional<std::uint8_t>> head;
  if (const auto* round = std::get_if<ModbusRound>(&question)) {
    const auto& asked = round->asked.front();
    head.emplace_back(asked.unit);
    if (const auto expected = modbus::expected_reply(asked.pdu)) {
      for (const auto byte : expected->begin) head.emplace_back(base::to_u8(byte));
    }
    return head;
  }
  const bool water = trace.protocol == FrameProtocol::cjt188;
  const std::size_t control_at = water ? 9 : 8, length_at = control_at + 1;
  const auto bytes = without_wake_up(trace.request);
  if (bytes.size() <= length_at) return head;
  const unsigned control = base::to_u8(bytes[control_at]), code = control & dlt645::kCodeMask;
  // A read's answer repeats what was read: 4 bytes (2 in the 1997 dialect), of CJ/T188 two and the running number.
  const std::size_t repeated = water ? (code == 0x01 ? 3 : 0) : code == 0x11 ? 4 : code == 0x01 ? 2 : 0;
  for (std::size_t i = 0; i < std::min(bytes.size() - 2, length_at + 1 + repeated); ++i) head.emplace_back(base::to_u8(bytes[i]));
  for (std::size_t i = 1; i < control_at; ++i) {
    if (head[i] == 0xAA) head[i].reset();  // any: the answer has the real one
  }
  head[control_at] = static_cast<std::uint8_t>(control | dlt645::kFromMeter);
  head[length_at].reset();
  return head;
}

struct Fit {
  std::size_t right = 0;   ///< bytes up to the first that is wrong
  bool parity = false;     ///< and that is where an 8E1 sender, read as 8N1, goes wrong
  bool all = false;        ///< none is wrong, of those that are known or came
};

/// From the first byte of a frame. With even parity a byte of an odd number of ones is followed by a 1, which passes for the stop bit. So does 00: ten
/// zeros are a break, read as 00, and the receiver waits for the line to rise. Any other byte is read right itself, and what follows begins too early.
Fit fit_of(base::ByteView bytes, const std::vector<std::optional<std::uint8_t>>& head) {
  Fit fit;
  const auto slips = [&](std::size_t i) { return bytes[i] != std::byte{0} && std::popcount(base::to_u8(bytes[i])) % 2 == 0; };
  const std::size_t count = std::min(bytes.size(), head.size());
  while (fit.right < count && (!head[fit.right] || *head[fit.right] == base::to_u8(bytes[fit.right]))) ++fit.right;
  fit.all = fit.right == count;
  if (fit.all || fit.right == 0) return fit;
  std::size_t first = 0;
  while (first < fit.right && !slips(first)) ++first;
  fit.parity = first + 1 == fit.right;
  return fit;
}

/// Start bit and the eight behind it have no bit that differs from both its neighbours; the last may go on in the stop bit.
bool has_no_single_bit(std::byte byte) {
  const unsigned bits = static_cast<unsigned>(base::to_u8(byte)) << 1;  // bit 0 is the start bit
  for (unsigned i = 0; i < 8; ++i) {
    const auto bit = [bits](unsigned at) { return (bits >> at) & 1U; };
    const bool alone_before = i == 0 || bit(i - 1) != bit(i);
    if (alone_before && bit(i) != bit(i + 1)) return false;
  }
  return true;
}

/// 00 is left out: right or wrong, frames are full of it. By chance another byte is so once in eight.
bool is_slow_sender(base::ByteView bytes) {
  constexpr std::size_t kLeastOfTen = 7, kLeastKinds = 3;
  base::Bytes told(bytes.begin(), bytes.end());
  std::erase(told, std::byte{0});
  if (told.size() < kLeastPattern) return false;
  const auto so = static_cast<std::size_t>(std::ranges::count_if(told, has_no_single_bit));
  return so * 10 >= told.size() * kLeastOfTen && std::set<std::byte>(told.begin(), told.end()).size() >= kLeastKinds;
}

/// Exchanged wires turn each d into (~d << 1) | 1, because the stop bit before becomes the start bit: 68, 33 and 00, which every DL/T645 frame is full
/// of, into 2F, 99 and FF.
bool is_inverted(base::ByteView bytes) {
  constexpr std::ptrdiff_t kLeastZeros = 4;
  if (bytes.size() < kLeastPattern || std::ranges::find(bytes, kStart) != bytes.end()) return false;
  const auto zeros = std::ranges::count(bytes, std::byte{0x99}) + std::ranges::count(bytes, std::byte{0xFF});
  return std::ranges::find(bytes, std::byte{0x2F}) != bytes.end() && zeros >= kLeastZeros;
}

/// Of bytes without a whole frame.
Look pattern_of(base::ByteView bytes) {
  if (bytes.empty()) return Look::silence;
  if (std::ranges::all_of(bytes, is_level)) return Look::level;
  if (is_inverted(bytes)) return Look::inverted;
  return is_slow_sender(bytes) ? Look::slow_sender : Look::garbage;
}

/// The same where it is known how the answer would have begun.
Look look_of(base::ByteView bytes, const Trace& tried, const LineFrame& question) {
  const bool marked = tried.protocol != FrameProtocol::modbus_rtu;
  const auto at = marked ? static_cast<std::size_t>(std::ranges::find(bytes, kStart) - bytes.begin()) : 0;
  const auto frame = bytes.subspan(at);
  if (frame.size() > 1) {
    const auto head = head_of(tried, question);
    const auto fit = fit_of(frame, head);
    if (fit.parity) return Look::parity;
    if (fit.all) return find_frame(frame, question).verdict == Search::Verdict::more ? Look::cut : Look::damaged;
    if (fit.right * 2 >= head.size()) return Look::damaged;
  }
  const auto pattern = pattern_of(bytes);
  if (pattern != Look::garbage) return pattern;
  return find_frame(bytes, question).verdict == Search::Verdict::broken ? Look::damaged : Look::garbage;
}

/// Where our own question ends in what was heard; nullopt: it did not come back. It may have lost its first FE.
std::optional<std::size_t> end_of_echo(base::ByteView heard, base::ByteView request) {
  const auto question = without_wake_up(request);
  if (question.empty()) return std::nullopt;
  const auto found = std::ranges::search(heard, question);
  if (found.empty()) return std::nullopt;
  return static_cast<std::size_t>(found.end() - heard.begin());
}

/// What lies in front of a frame, wake-up bytes aside.
void note_front(Heard& heard, base::ByteView front) {
  std::size_t size = front.size();
  for (std::size_t i = 0; i < dlt645::kMaxPreamble && size > 0 && front[size - 1] == kWakeUp; ++i) --size;
  front = front.first(size);
  const bool level = !front.empty() && std::ranges::all_of(front, is_level);
  heard.level = heard.level || level;
  heard.noise = heard.noise || (!front.empty() && !level);
}

/// Whole frames of the question's protocol, and what lies between them.
void note_frames(Heard& heard, base::ByteView bytes, const LineFrame& question) {
  while (!bytes.empty()) {
    const auto found = find_frame(bytes, question);
    if (found.verdict != Search::Verdict::found) break;
    heard.look = Look::whole;
    const bool ours = answers(question, found.frame);
    if (ours) ++heard.answers;
    if (ours) note_front(heard, bytes.first(found.skipped));
    bytes = bytes.subspan(found.consumed);
  }
  if (heard.answers > 0) note_front(heard, bytes);
}

}  // namespace

Heard hear(const Trace& tried) {
  Heard heard;
  const auto question = question_of(tried);
  if (!question || tried.reply.empty()) return heard;
  base::ByteView bytes(tried.reply);
  const bool answered = tried.outcome == "ok" || tried.outcome == "refused";
  if (const auto end = end_of_echo(bytes, tried.request)) {
    // The answer to a Modbus write is the question itself: what came once and was taken for the answer is no echo.
    const auto* round = std::get_if<ModbusRound>(&*question);
    const bool may_answer = round != nullptr && answered && !is_question(round->asked.front());
    if (!may_answer) {
      heard.echo = true;
      bytes = bytes.subspan(*end);
    }
  }
  note_frames(heard, bytes, *question);
  heard.questions = questions_in(bytes);
  if (heard.questions > 0) heard.look = Look::whole;
  if (heard.look != Look::whole) heard.look = look_of(bytes, tried, *question);
  return heard;
}

Heard overhear(const Trace& burst, const Trace* last) {
  Heard heard;
  if (last != nullptr) {
    if (const auto question = question_of(*last)) note_frames(heard, burst.reply, *question);
  }
  heard.questions = questions_in(burst.reply);
  if (heard.questions > 0) heard.look = Look::whole;
  if (heard.look != Look::whole) heard.look = pattern_of(burst.reply);
  return heard;
}

}  // namespace anju::gateway
