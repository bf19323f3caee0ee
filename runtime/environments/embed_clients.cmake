# Writes the texts of the runtime clients into a source.
set(entries "")
foreach(file python_runtime.py node_runtime.mjs)
  file(READ ${ROOT}/${file} text)
  string(APPEND entries "    {\"${file}\", R\"client(${text})client\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"runtime/environments/runtime_clients.h\"

namespace wukong::environments {

const std::vector<RuntimeClient>& runtime_clients() {
  static const std::vector<RuntimeClient> clients = {
${entries}  };
  return clients;
}

}  // namespace wukong::environments
")
