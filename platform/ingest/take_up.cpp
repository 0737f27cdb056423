#include "platform/ingest/take_up.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace anju::platform {
namespace {

std::int64_t number(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_int64() && value->as_int64() <= wire::kMaxInteger ? value->as_int64() : 0;
}

/// A batch that does not decode as a whole, event by event.
std::optional<TakenUp> take_each(Ledger& ledger, std::int64_t gateway, std::string_view body, base::UtcMillis now) {
  boost::json::error_code error;
  const boost::json::value parsed = boost::json::parse(boost::json::string_view(body.data(), body.size()), error);
  const auto* object = error ? nullptr : parsed.if_object();
  if (object == nullptr) return std::nullopt;
  const auto* epoch = object->if_contains("epoch");
  const auto* events = object->if_contains("events");
  std::int64_t seq = number(*object, "seq");
  const bool numbered = epoch != nullptr && epoch->is_string() && base::is_id(std::string(epoch->as_string())) && seq >= 1 &&
                        events != nullptr && events->is_array() && events->as_array().size() <= wire::kMaxEvents;
  if (!numbered) return std::nullopt;

  TakenUp up{std::string(epoch->as_string()), {0, false, false, true}, 0};
  if (const std::int64_t gone = number(*object, "gone"); gone >= 1 && gone < seq) ledger.take_gone(gateway, up.epoch, gone, seq, now);
  for (const auto& item : events->as_array()) {
    const std::string text = boost::json::serialize(item);
    const auto event = wire::decode_event(text);
    if (event) {
      up.taken = ledger.take(gateway, up.epoch, seq, {&*event, 1}, now);
    } else {
      ++up.undecodable;
      up.taken = ledger.take_poison(gateway, up.epoch, seq, event.error().code, text, now);
    }
    ++seq;
  }
  return up;
}

}  // namespace

std::optional<TakenUp> take_up(Ledger& ledger, std::int64_t gateway, std::string_view body, base::UtcMillis now) {
  const auto batch = wire::decode_up(body);
  if (!batch) return take_each(ledger, gateway, body, now);
  if (batch->gone != 0) ledger.take_gone(gateway, batch->epoch, batch->gone, batch->seq, now);
  return TakenUp{batch->epoch, ledger.take(gateway, batch->epoch, batch->seq, batch->events, now), 0};
}

std::optional<wire::Ack> ack_of(const TakenUp& up) {
  if (up.taken.ignored) return std::nullopt;
  return wire::Ack{up.epoch, up.taken.through, up.taken.resend, up.taken.over};
}

}  // namespace anju::platform
