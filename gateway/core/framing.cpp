#include "gateway/core/framing.hpp"

#include <utility>

#include "protocols/cjt188/function.hpp"
#include "protocols/cjt188/message.hpp"
#include "protocols/dlt645/message.hpp"

namespace anju::gateway {
namespace {

template <class Errc, class Found>
Search search_of(base::Result<Found> found) {
  if (found) return {Search::Verdict::found, std::move(found->frame), found->skipped, found->consumed};
  if (found.error().is(Errc::need_more)) return {Search::Verdict::more, {}, 0, 0};
  return {found.error().is(Errc::no_frame) ? Search::Verdict::nothing : Search::Verdict::broken, {}, 0, 0};
}

constexpr std::size_t kSerialAt = 2;  ///< of CJ/T188: behind the identifier

}  // namespace

base::Result<base::Bytes> encode(const LineFrame& frame, std::size_t preamble) {
  return std::visit([&](const auto& one) { return encode(one, preamble); }, frame);
}

void number(LineFrame& question, std::uint64_t id) {
  auto* frame = std::get_if<cjt188::Frame>(&question);
  if (frame != nullptr && frame->data.size() > kSerialAt) frame->data[kSerialAt] = static_cast<std::byte>(id);
}

std::size_t size_of(const LineFrame& frame, std::size_t preamble) {
  struct Overhead {
    std::size_t operator()(const dlt645::Frame& one) const { return dlt645::kMaxFrame - dlt645::kMaxData + one.data.size(); }
    std::size_t operator()(const cjt188::Frame& one) const { return cjt188::kMaxFrame - cjt188::kMaxData + one.data.size(); }
  };
  return preamble + std::visit(Overhead{}, frame);
}

std::size_t longest_answer(const LineFrame& asked) {
  return kMostPreamble + (std::holds_alternative<dlt645::Frame>(asked) ? dlt645::kMaxFrame : cjt188::kMaxFrame);
}

bool answers(const LineFrame& asked, const LineFrame& heard) {
  return std::visit(
      [&](const auto& one) {
        const auto* other = std::get_if<std::decay_t<decltype(one)>>(&heard);
        return other != nullptr && answers(one, *other);
      },
      asked);
}

bool is_refusal(const LineFrame& answer) {
  static_assert(dlt645::kErrorReply == cjt188::kErrorReply);
  return std::visit([](const auto& one) { return (one.control & dlt645::kErrorReply) != 0; }, answer);
}

Search find_frame(base::ByteView bytes, const LineFrame& asked) {
  if (std::holds_alternative<cjt188::Frame>(asked)) return search_of<cjt188::Errc>(cjt188::find_frame(bytes));
  return search_of<dlt645::Errc>(dlt645::find_frame(bytes));
}

std::optional<LineFrame> Parts::next(const LineFrame& request, const LineFrame& answer) {
  const auto* asked = std::get_if<dlt645::Frame>(&request);
  const auto* frame = std::get_if<dlt645::Frame>(&answer);
  if (asked == nullptr || frame == nullptr) return std::nullopt;
  const auto reply = dlt645::decode_reply(*frame);
  const auto* read = reply ? std::get_if<dlt645::ReadReply>(&reply->reply) : nullptr;
  if (read == nullptr || (!read->more && !block_)) return std::nullopt;
  auto joined = dlt645::join(block_.value_or(dlt645::BlockJoin::begin(read->di)), *read);
  if (!joined) return std::nullopt;  // out of order: the asker sees a part of a block and takes it for what it is
  block_ = std::move(*joined);
  const auto next = dlt645::next_request(*block_);
  if (!next) return std::nullopt;
  auto made = dlt645::make_request(reply->edition, asked->address, *next);
  if (!made) return std::nullopt;
  return std::move(*made);
}

LineFrame Parts::whole(const LineFrame& request, LineFrame last) const {
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
