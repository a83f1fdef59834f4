package org.gemel.control.kept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gemel.config.kept.KeptFile;
import org.gemel.config.kept.KeptMachine;
import org.gemel.config.kept.MachineKind;
import org.gemel.config.kept.RecoveryKey;
import org.gemel.ledger.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replacement of this control point is made of: its file as it is; its authority, its secret
 * and a copy of the ledger sealed.
 *
 * @param start the control point's file
 * @param state its state folder
 */
public record ControlFiles(Path start, Path state) {
  private static final Logger LOG = LoggerFactory.getLogger(ControlFiles.class);
  private static final String OWNER_ONLY = "rw-------";

  /** Where a retrieved copy waits for the first start. */
  public Path ledgerCopy() {
    return state.resolve("ledger-copy.json");
  }

  /** Puts a retrieved copy into the ledger, unless that is in use; once. */
  public void takeUpCopy(Ledger ledger) throws IOException {
    if (!Files.exists(ledgerCopy())) {
      return;
    }
    if (LedgerCopy.isInUse(ledger)) {
      LOG.warn("a copy of the ledger was found and set aside: the ledger here is in use");
    } else {
      LedgerCopy.restore(ledger, Files.readAllBytes(ledgerCopy()));
      LOG.info("the ledger was empty and is now what its copy held");
    }
    Files.move(
        ledgerCopy(), state.resolve("ledger-copy.json.taken"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** All files, none sealed yet. */
  List<KeptFile> read(Ledger ledger) throws IOException {
    var files = new ArrayList<KeptFile>();
    files.add(KeptFile.of(start));
    try (var authority = Files.list(state.resolve("authority"))) {
      for (var file : authority.filter(Files::isRegularFile).sorted().toList()) {
        files.add(KeptFile.of(file));
      }
    }
    files.add(KeptFile.of(state.resolve("ledger-secret")));
    files.add(KeptFile.of(state.resolve("recovery-key")));
    files.add(new KeptFile(ledgerCopy(), OWNER_ONLY, false, LedgerCopy.of(ledger)));
    return files;
  }

  /** As it is kept: all but the first file sealed. */
  KeptMachine seal(List<KeptFile> files, RecoveryKey key, Instant at) {
    var kept = new ArrayList<KeptFile>();
    kept.add(files.getFirst());
    files.stream().skip(1).map(key::seal).forEach(kept::add);
    return new KeptMachine(
        KeptMachine.CONTROL_POINT, MachineKind.CONTROL_POINT, at, kept, key.id());
  }
}
