#pragma once

#include <memory>

#include "platform/domain/people.hpp"

namespace soci {
class session;
}

namespace anju::platform {

/// session: outlives it, and is used by the same thread.
[[nodiscard]] std::unique_ptr<PeopleDesk> make_people_desk(soci::session& session);

}  // namespace anju::platform
