#include "platform/store/read_pool.hpp"

namespace anju::platform {

base::Result<> ReadPool::open(const std::string& url, std::size_t connections) {
  for (std::size_t i = 0; i < connections; ++i) {
    sessions_.push_back(std::make_unique<soci::session>());
    if (auto opened = open_session(*sessions_.back(), url, true); !opened) return opened;
    free_.push_back(sessions_.back().get());
  }
  return {};
}

ReadPool::Borrowed::Borrowed(ReadPool& from) : owner(from) {
  std::unique_lock lock(owner.mutex_);
  owner.returned_.wait(lock, [this] { return !owner.free_.empty(); });
  session = owner.free_.back();
  owner.free_.pop_back();
}

ReadPool::Borrowed::~Borrowed() {
  {
    const std::lock_guard lock(owner.mutex_);
    owner.free_.push_back(session);
  }
  owner.returned_.notify_one();
}

}  // namespace anju::platform
