package org.gemel.mirror.remote.sftp;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.signature.Signature;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.RemoteException;

/**
 * Lets only servers through whose host key is known, or was named by the person. Nobody is asked
 * and nothing is learnt: a mirror that deletes must not end up on a server that only says it is the
 * right one.
 */
final class HostKeyCheck implements ServerKeyVerifier {
  private final RemoteAddress address;
  private final SftpSettings settings;
  private final KnownHostsServerKeyVerifier known;
  private volatile Optional<String> problem = Optional.empty();

  HostKeyCheck(RemoteAddress address, SftpSettings settings) {
    this.address = address;
    this.settings = settings;
    this.known =
        new KnownHostsServerKeyVerifier(
            (session, from, key) -> refuse(unknown(fingerprint(key))), settings.knownHosts());
    known.setModifiedServerKeyAcceptor(
        (session, from, entry, expected, actual) ->
            refuse(changed(fingerprint(expected), fingerprint(actual))));
  }

  @Override
  public boolean verifyServerKey(ClientSession session, SocketAddress from, PublicKey key) {
    if (settings.acceptedHostKey().isPresent()) {
      String wanted = settings.acceptedHostKey().get();
      return wanted.equals(fingerprint(key)) || refuse(other(wanted, fingerprint(key)));
    }
    if (known.verifyServerKey(session, from, key)) {
      return true;
    }
    return problem.isEmpty() && refuse(revoked(fingerprint(key)));
  }

  /** Why the server was not let through, if it was not. */
  Optional<RemoteException> problem() {
    return problem.map(words -> new RemoteException(RemoteException.Kind.NOT_TRUSTED, words));
  }

  /**
   * Puts the kinds of keys that are known of this host first, so that the server shows one of these
   * and not another of its keys.
   */
  List<NamedFactory<Signature>> preferKnown(List<NamedFactory<Signature>> usual) {
    Set<String> types = knownTypes();
    List<NamedFactory<Signature>> ordered = new ArrayList<>(usual);
    ordered.sort(
        Comparator.comparing(
            each -> !types.contains(KeyUtils.getCanonicalKeyType(each.getName()))));
    return ordered;
  }

  private Set<String> knownTypes() {
    Path file = settings.knownHosts();
    if (!Files.isReadable(file)) {
      return Set.of();
    }
    try {
      return KnownHostEntry.readKnownHostEntries(file).stream()
          .filter(each -> each.isHostMatch(address.host(), address.port()))
          .map(each -> each.getKeyEntry().getKeyType())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      // The check itself meets the same file and refuses.
      return Set.of();
    }
  }

  private static String fingerprint(PublicKey key) {
    return KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
  }

  private boolean refuse(String words) {
    problem = Optional.of(words);
    return false;
  }

  private String unknown(String found) {
    return "found the unknown host key "
        + found
        + " of "
        + address.host()
        + ", wanted one that "
        + settings.knownHosts()
        + " holds: compare it with the server's own ('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub' there), then add"
        + " it with ssh-keyscan or run again with --accept-host-key "
        + found;
  }

  private String changed(String wanted, String found) {
    return "found the host key "
        + found
        + " of "
        + address.host()
        + ", wanted "
        + wanted
        + " as in "
        + settings.knownHosts()
        + ": this is another server, or its key was changed; ask who runs it";
  }

  private String other(String wanted, String found) {
    return "found the host key "
        + found
        + " of "
        + address.host()
        + ", wanted "
        + wanted
        + " as named by --accept-host-key";
  }

  private String revoked(String found) {
    return "found the host key "
        + found
        + " of "
        + address.host()
        + ", which "
        + settings.knownHosts()
        + " revokes; wanted another";
  }
}
