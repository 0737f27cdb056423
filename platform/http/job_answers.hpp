#pragma once

// Jobs as the contract shows them, and the way to begin one.

#include <boost/json/object.hpp>

#include "platform/http/api.hpp"

namespace anju::platform {

[[nodiscard]] boost::json::object json_of(const Job& job);
[[nodiscard]] JobOwner owner_of(const Call& call);
/// 202 with the job, or the refusal. Blocking.
[[nodiscard]] Response begin_job(Api& api, NewJob job, JobWork work);

}  // namespace anju::platform
