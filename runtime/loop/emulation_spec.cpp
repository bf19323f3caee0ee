#include "runtime/loop/emulation_spec.h"

#include "sim/base/fields.h"

namespace wukong::loop {

void EmulationSpec::visit(FieldVisitor& v) {
  v.field("speed", speed, {1e-3, 1e6});
  v.optional("workers", workers, [&](int64_t& count) { v.field("workers", count, {1, 1024}); });
  v.field("store", store);
  v.choice("network", network, kModelledNetworkNames);
  v.choice("fixed_time", fixed_time, kFixedTimeNames);
  v.field("container_kills", container_kills, kFraction);
  v.optional("command", command, [&](std::string& line) { v.field("command", line); });
  v.field("command_shell", command_shell);
  v.choice("command_io", command_io, kCommandStreamsNames);
  v.field("command_folder", command_folder);
  v.choice("command_check", command_check, kCommandCheckNames);
}

}  // namespace wukong::loop
