#include "protocols/dlt645/message.hpp"

namespace anju::dlt645 {
namespace {

bool same_meter(const Frame& request, const Control& control, const Frame& frame, Bus bus) {
  if (request.address.is_broadcast()) return false;
  if (!frame.address.is_exact()) return bus == Bus::point_to_point && frame.address == request.address;
  if (request.address.matches(frame.address)) return true;
  // A meter may answer a write of its address under the address it has just been given.
  if (control.function != Function::write_address) return false;
  const auto asked = decode_request(request);
  return asked && std::get<WriteAddress>(asked->request).address == frame.address;
}

bool same_data(const Frame& request, const ReadReply& reply) {
  const auto asked = decode_request(request);
  if (!asked) return false;
  if (const auto* read = std::get_if<ReadData>(&asked->request)) return read->di == reply.di;
  const auto* follow = std::get_if<ReadFollowUp>(&asked->request);
  return follow != nullptr && follow->di == reply.di && (asked->edition == Edition::y1997 || follow->seq == reply.seq);
}

}  // namespace

bool answers(const Frame& request, const Frame& frame, Bus bus) {
  const auto asked = parse_control(request.control);
  const auto answered = parse_control(frame.control);
  if (!asked || !answered || asked->from_meter || !answered->from_meter) return false;
  if (asked->function != answered->function || asked->edition != answered->edition) return false;
  if (!same_meter(request, *asked, frame, bus)) return false;
  const auto decoded = decode_reply(frame);
  if (!decoded) return false;
  const auto* read = std::get_if<ReadReply>(&decoded->reply);
  return read == nullptr || same_data(request, *read);
}

}  // namespace anju::dlt645
