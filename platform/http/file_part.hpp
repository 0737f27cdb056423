#pragma once

// A part of a file as a body of Beast, read piece by piece as it is sent. Beast 1.81's own file_body sends whole files only.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/file.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional.hpp>

namespace anju::platform {

struct FilePart {
  struct value_type {
    boost::beast::file file;
    std::uint64_t count = 0;  ///< bytes from where the file stands
  };

  static std::uint64_t size(const value_type& body) { return body.count; }

  class writer {
   public:
    using const_buffers_type = boost::asio::const_buffer;

    template <bool isRequest, class Fields>
    writer(boost::beast::http::header<isRequest, Fields>&, value_type& body) : body_(body), left_(body.count) {}

    void init(boost::beast::error_code& failed) { failed = {}; }

    boost::optional<std::pair<const_buffers_type, bool>> get(boost::beast::error_code& failed) {
      failed = {};
      if (left_ == 0) return boost::none;
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left_, piece_.size()));
      const std::size_t read = body_.file.read(piece_.data(), wanted, failed);
      if (failed) return boost::none;
      if (read == 0) {  // it became shorter meanwhile
        failed = boost::beast::http::error::short_read;
        return boost::none;
      }
      left_ -= read;
      return std::pair(const_buffers_type(piece_.data(), read), left_ > 0);
    }

   private:
    value_type& body_;
    std::uint64_t left_;
    std::array<char, 16 * 1024> piece_;
  };
};

}  // namespace anju::platform
