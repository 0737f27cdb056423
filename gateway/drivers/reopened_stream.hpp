#pragma once

// What serial ports and TCP connections have in common: an endless read, a queue of writes, and reopening with a
// growing pause. Private to this folder.

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include "gateway/drivers/port.hpp"

namespace anju::gateway {

/// Derived opens `stream_` in open() and calls succeeded() or failed(). Owned by shared_ptr, which every pending
/// operation holds; close_for_good() makes them come to nothing.
template <class Stream>
class ReopenedStream : public std::enable_shared_from_this<ReopenedStream<Stream>> {
 public:
  ReopenedStream(boost::asio::io_context& io, PortHandlers handlers)
      : io_(io), stream_(io), timer_(io), handlers_(std::move(handlers)) {}
  virtual ~ReopenedStream() = default;

  void start() {
    boost::asio::post(io_, [self = this->shared_from_this()] {
      if (!self->stopped_) self->open();
    });
  }

  void close_for_good() {
    stopped_ = true;
    boost::system::error_code ignored;
    timer_.cancel();
    close_stream(ignored);
  }

  void write(const base::Bytes& bytes) {
    if (!is_open_) return;
    if (unwritten_ + bytes.size() > kMostUnwritten)
      return lost("the port takes no more bytes: check the cable or the serial server");
    unwritten_ += bytes.size();
    const bool idle = writes_.empty();
    writes_.push_back(bytes);
    if (idle) write_next();
  }

  /// Closes what is open; it is opened again after the usual pause.
  void reopen(std::string why) { lost(std::move(why)); }

  [[nodiscard]] bool is_open() const { return is_open_; }
  virtual void set_format(const SerialFormat& format) = 0;
  virtual void flush_input() = 0;

 protected:
  virtual void open() = 0;
  virtual void close_stream(boost::system::error_code& error) { stream_.close(error); }

  void succeeded() {
    if (stopped_) return;
    is_open_ = true;
    last_why_.clear();
    pause_ = kReopenFirst;
    writes_.clear();
    unwritten_ = 0;
    ++generation_;
    handlers_.opened();
    read_next();
  }

  void failed(std::string why) {
    if (stopped_) return;
    boost::system::error_code ignored;
    close_stream(ignored);
    const bool news = is_open_ || why != last_why_;
    is_open_ = false;
    last_why_ = why;
    timer_.expires_after(std::chrono::milliseconds(pause_.value));
    pause_ = std::min(pause_ * 2, kReopenMost);
    timer_.async_wait([self = this->shared_from_this()](boost::system::error_code error) {
      if (!error && !self->stopped_) self->open();
    });
    if (news) handlers_.closed(std::move(why));
  }

  boost::asio::io_context& io_;
  Stream stream_;
  boost::asio::steady_timer timer_;
  bool stopped_ = false;

 private:
  /// Outside of a handler the line must not be called back from inside its own action.
  void lost(std::string why) {
    boost::asio::post(io_, [self = this->shared_from_this(), why = std::move(why)]() mutable {
      if (self->is_open_) self->failed(std::move(why));
    });
  }

  void read_next() {
    stream_.async_read_some(boost::asio::buffer(received_), [self = this->shared_from_this(), generation = generation_](
                                                                boost::system::error_code error, std::size_t count) {
      if (self->stopped_ || generation != self->generation_ || !self->is_open_) return;
      if (error)
        return self->failed("the port was lost (" + error.message() + "); it is opened again when it comes back");
      self->handlers_.received(
          base::Bytes(self->received_.begin(), self->received_.begin() + static_cast<std::ptrdiff_t>(count)));
      if (!self->stopped_ && generation == self->generation_ && self->is_open_) self->read_next();
    });
  }

  void write_next() {
    boost::asio::async_write(stream_, boost::asio::buffer(writes_.front()),
                             [self = this->shared_from_this(), generation = generation_](
                                 boost::system::error_code error, std::size_t count) {
                               if (self->stopped_ || generation != self->generation_ || !self->is_open_) return;
                               if (error) return self->failed("the port was lost (" + error.message() + ")");
                               self->unwritten_ -= count;
                               self->writes_.pop_front();
                               if (!self->writes_.empty()) self->write_next();
                             });
  }

  PortHandlers handlers_;
  bool is_open_ = false;
  std::string last_why_;
  base::Millis pause_ = kReopenFirst;
  std::array<std::byte, 1024> received_{};
  std::deque<base::Bytes> writes_;
  std::size_t unwritten_ = 0;
  std::uint64_t generation_ = 0;  ///< of the opened stream; operations of an older one are ignored
};

}  // namespace anju::gateway
