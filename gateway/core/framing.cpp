#include "gateway/core/framing.hpp"

#include <utility>

#include "protocols/dlt645/message.hpp"

namespace anju::gateway {
namespace {

Search::Verdict verdict_of(const base::Error& error) {
  if (error.is(dlt645::Errc::need_more)) return Search::Verdict::more;
  return error.is(dlt645::Errc::no_frame) ? Search::Verdict::nothing : Search::Verdict::broken;
}

struct Searching {
  base::ByteView bytes;
  Search operator()(const dlt645::Frame&) const {
    auto found = dlt645::find_frame(bytes);
    if (!found) return {verdict_of(found.error()), {}, 0, 0};
    return {Search::Verdict::found, std::move(found->frame), found->skipped, found->consumed};
  }
};

}  // namespace

base::Result<base::Bytes> encode(const LineFrame& frame, std::size_t preamble) {
  return std::visit([&](const auto& one) { return encode(one, preamble); }, frame);
}

std::size_t size_of(const LineFrame& frame, std::size_t preamble) {
  return preamble + 12 + std::get<dlt645::Frame>(frame).data.size();
}

std::size_t longest_answer(const LineFrame&) {
  return dlt645::kMaxPreamble + dlt645::kMaxFrame;
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
  return (std::get<dlt645::Frame>(answer).control & dlt645::kErrorReply) != 0;
}

Search find_frame(base::ByteView bytes, const LineFrame& asked) {
  return std::visit(Searching{bytes}, asked);
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
