package net.example.bienban;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program under test, with a data folder of its own. */
record Server(String address, Path folder, Process process) {
  /** Starts the program at an address, port 0 for any; returns once it listens. */
  static Server start(Path folder, String address, String... options) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                System.getenv("BIENBAN"), "serve", "--log-filter", "warn", "--listen", address, "--data-dir", folder.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new Server(output.readLine().replace("bienban serves on ", ""), folder, process);
  }

  /** Ends the program as Kubernetes does, and answers its exit code. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }
}
