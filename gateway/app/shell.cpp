#include "gateway/app/shell.hpp"

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"

namespace anju::gateway {
namespace {

/// Waking up at least this often bounds the damage when the system's clock is set.
constexpr std::chrono::milliseconds kLongestSleep = std::chrono::seconds(30);

std::chrono::milliseconds until(const std::optional<base::UtcMillis>& wake, base::UtcMillis now) {
  if (!wake) return kLongestSleep;
  return std::clamp(std::chrono::milliseconds((*wake - now).value), std::chrono::milliseconds(0), kLongestSleep);
}

}  // namespace

base::UtcMillis system_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

GatewayShell::GatewayShell(boost::asio::io_context& io, Gateway& gateway, ShellHandlers handlers)
    : io_(io), gateway_(gateway), handlers_(std::move(handlers)), timer_(io) {
  arm();
}

void GatewayShell::feed(GatewayEvent event) {
  perform(gateway_.step(std::move(event), system_now()));
  arm();
}

void GatewayShell::perform(GatewayOutput out) {
  if (!out.events.empty() && handlers_.events) handlers_.events(std::move(out.events));
  for (const auto& remark : out.remarks) {
    if (handlers_.remark) handlers_.remark(remark);
  }
  if (out.archive && handlers_.archive) handlers_.archive(*out.archive);
  for (const auto& change : out.ports) open(change);
  for (auto& action : out.lines) {
    if (const auto port = ports_.find(action.line); port != ports_.end()) port->second->perform(action.action);
  }
  if (handlers_.live) {
    for (const auto& values : out.live) handlers_.live(values);
  }
  if (out.state_changed && handlers_.state_changed) handlers_.state_changed();
  // Last: they may feed the next order, whose actions belong behind all of these.
  if (handlers_.local) {
    for (const auto& event : out.local) handlers_.local(event);
  }
  if (out.keep_test) {
    const bool kept = handlers_.keep_test && handlers_.keep_test(*out.keep_test);
    feed(SwitchTestKept{kept});
  }
  if (handlers_.test) {
    for (const auto& test : out.tests) handlers_.test(test);
  }
}

void GatewayShell::open(const PortChange& change) {
  ports_.erase(change.line);
  if (!change.uri) return;
  PortHandlers handlers;
  handlers.opened = [this, line = change.line] {
    if (handlers_.port) handlers_.port(line, {});
    feed(LineHappened{line, PortOpened{}});
  };
  handlers.closed = [this, line = change.line](std::string why) {
    if (handlers_.port) handlers_.port(line, why);
    feed(LineHappened{line, PortClosed{std::move(why)}});
  };
  handlers.received = [this, line = change.line](base::Bytes bytes) {
    feed(LineHappened{line, Received{std::move(bytes)}});
  };
  const auto port = ports_.emplace(change.line, create_port(io_, *change.uri, std::move(handlers))).first;
  port->second->start();
}

void GatewayShell::arm() {
  const auto now = system_now();
  timer_.expires_after(until(gateway_.wake(now), now));
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) feed(Tick{});
  });
}

LineShell::LineShell(const LineUri& uri) : timer_(io_) {
  PortHandlers handlers;
  handlers.opened = [this] { happen(PortOpened{}); };
  handlers.closed = [this](std::string why) {
    why_closed_ = why;
    happen(PortClosed{std::move(why)});
  };
  handlers.received = [this](base::Bytes bytes) { happen(Received{std::move(bytes)}); };
  port_ = create_port(io_, uri, std::move(handlers));
}

base::Result<> LineShell::open(std::chrono::milliseconds timeout) {
  port_->start();
  const auto end = std::chrono::steady_clock::now() + timeout;
  while (!line_.is_open() && why_closed_.empty() && std::chrono::steady_clock::now() < end) io_.run_one_until(end);
  if (line_.is_open()) return {};
  return base::fail(Errc::line_down, why_closed_.empty() ? "the port did not open in time" : why_closed_);
}

Outcome LineShell::exchange(Exchange exchange) {
  outcome_.reset();
  exchange.id = next_id_++;
  happen(Submit{std::move(exchange)});
  while (!outcome_) io_.run_one();
  return *std::exchange(outcome_, std::nullopt);
}

void LineShell::happen(LineEvent event) {
  for (auto& action : line_.step(std::move(event), system_now())) {
    if (auto* format = std::get_if<SetFormat>(&action)) port_->perform(*format);
    if (auto* flush = std::get_if<FlushInput>(&action)) port_->perform(*flush);
    if (auto* write = std::get_if<Write>(&action)) port_->perform(*write);
    if (auto* reopen = std::get_if<Reopen>(&action)) port_->perform(std::move(*reopen));
    if (auto* done = std::get_if<Done>(&action)) outcome_ = std::move(done->outcome);
  }
  arm();
}

void LineShell::arm() {
  timer_.expires_after(until(line_.wake(), system_now()));
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error) happen(Tick{});
  });
}

}  // namespace anju::gateway
