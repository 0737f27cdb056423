#include "platform/http/server.hpp"

#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/http/connection.hpp"
#include "platform/http/shared_state.hpp"
#include "platform/http/worker_pool.hpp"

namespace anju::platform {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

constexpr std::chrono::milliseconds kPushDelay{100};  ///< changes within it are pushed together
constexpr std::chrono::minutes kSweepEvery{1};

}  // namespace

std::string_view to_string(ListenErrc errc) {
  switch (errc) {
    case ListenErrc::bad_address: return "bad_address";
    case ListenErrc::in_use: return "in_use";
    case ListenErrc::forbidden: return "forbidden";
  }
  return "unknown";
}

struct Server::Impl {
  Impl(ServerOptions given, Ports ports, EventHub& hub, AuthRules rules)
      : options(std::move(given)),
        files(options.web),
        reads(options.read_threads, options.most_reads_waiting),
        store(1, options.most_store_waiting),
        passwords(1, options.most_passwords_waiting),
        api(std::move(ports),
            Executors{[this](Task task) {
                        asio::post(io, std::move(task));
                        return true;
                      },
                      reads.executor(), store.executor(), passwords.executor()},
            std::move(rules)),
        state{io, options, api, hub, files, reads.executor(), false, {}, {}, 0, 0} {}

  base::Result<> listen();
  void accept();
  void flush_soon();
  void sweep_later();
  void wind_down(std::chrono::steady_clock::time_point deadline);

  const ServerOptions options;
  StaticFiles files;
  WorkerPool reads, store, passwords;
  Api api;
  SharedState state;
  // Behind what connections use: those that are open at the end go with the loop.
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  tcp::acceptor acceptor{io};
  asio::steady_timer push_timer{io}, sweep_timer{io}, stop_timer{io}, accept_timer{io};
  std::thread thread;
};

base::Result<> Server::Impl::listen() {
  const std::string name = options.host + ":" + std::to_string(options.port);
  boost::system::error_code failed;
  const auto address = asio::ip::make_address(options.host, failed);
  if (failed) return base::fail(ListenErrc::bad_address, name + ": " + failed.message());
  const tcp::endpoint endpoint(address, options.port);
  acceptor.open(endpoint.protocol(), failed);
  if (!failed) acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed) acceptor.bind(endpoint, failed);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (!failed) return {};
  const std::string where = name + ": " + failed.message();
  if (failed == asio::error::address_in_use) return base::fail(ListenErrc::in_use, where);
  if (failed == asio::error::access_denied) return base::fail(ListenErrc::forbidden, where);
  return base::fail(ListenErrc::bad_address, where);
}

void Server::Impl::accept() {
  auto accepted = [this](boost::system::error_code failed, tcp::socket socket) {
    if (failed == asio::error::operation_aborted || state.stopping) return;
    if (!failed) {
      boost::system::error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      serve_connection(std::move(socket), state);
      return accept();
    }
    accept_timer.expires_after(std::chrono::milliseconds(100));  // out of descriptors: do not spin
    accept_timer.async_wait([this](boost::system::error_code ended) {
      if (!ended && !state.stopping) accept();
    });
  };
  acceptor.async_accept(std::move(accepted));
}

void Server::Impl::flush_soon() {
  push_timer.expires_after(kPushDelay);
  push_timer.async_wait([this](boost::system::error_code ended) {
    if (!ended) state.hub.flush();
  });
}

void Server::Impl::sweep_later() {
  sweep_timer.expires_after(kSweepEvery);
  sweep_timer.async_wait([this](boost::system::error_code ended) {
    if (ended || state.stopping) return;
    api.sweep();
    sweep_later();
  });
}

void Server::Impl::wind_down(std::chrono::steady_clock::time_point deadline) {
  if (!std::exchange(state.stopping, true)) {
    boost::system::error_code ignored;
    acceptor.close(ignored);
    sweep_timer.cancel();
    accept_timer.cancel();
  }
  for (Closable* closable : std::set<Closable*>(state.open)) closable->wind_down();
  if (state.open.empty() || std::chrono::steady_clock::now() >= deadline) {
    push_timer.cancel();
    io.stop();
    return;
  }
  stop_timer.expires_after(std::chrono::milliseconds(20));
  stop_timer.async_wait([this, deadline](boost::system::error_code) { wind_down(deadline); });
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() {
  stop(base::seconds(1));
}

base::Result<std::unique_ptr<Server>> Server::create(ServerOptions options, Ports ports, EventHub& hub,
                                                     AuthRules rules) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(ports), hub, std::move(rules));
  if (const auto listening = impl->listen(); !listening) return base::pass(listening);
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

void Server::start() {
  Impl& impl = *impl_;
  impl.api.auth().on_rights_changed([&impl] {
    for (Closable* open : std::set<Closable*>(impl.state.open)) open->rights_changed();
  });
  impl.state.hub.on_wake([&impl] { asio::post(impl.io, [&impl] { impl.flush_soon(); }); });
  asio::post(impl.io, [&impl] {
    impl.accept();
    impl.sweep_later();
  });
  impl.thread = std::thread([&impl] { impl.io.run(); });
}

void Server::stop(base::Millis patience) {
  Impl& impl = *impl_;
  if (!impl.thread.joinable()) return;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience.value);
  asio::post(impl.io, [&impl, deadline] { impl.wind_down(deadline); });
  impl.thread.join();
  impl.reads.join();
  impl.passwords.join();
  impl.store.join();
}

std::uint16_t Server::port() const {
  return impl_->acceptor.local_endpoint().port();
}

}  // namespace anju::platform
