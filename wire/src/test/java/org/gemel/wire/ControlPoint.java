package org.gemel.wire;

import io.grpc.Attributes;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.gemel.wire.protocol.AgentLinkGrpc;
import org.gemel.wire.protocol.EnrolmentGrpc;
import org.gemel.wire.protocol.FromAgent;
import org.gemel.wire.protocol.JoinReply;
import org.gemel.wire.protocol.JoinRequest;
import org.gemel.wire.protocol.Seen;
import org.gemel.wire.protocol.ToAgent;

/** A real server on a free port, with both services, that remembers what it was told. */
final class ControlPoint implements AutoCloseable {
  final List<String> secretsHeard = new CopyOnWriteArrayList<>();
  final List<String> linesOpened = new CopyOnWriteArrayList<>();
  private final Server server;
  private final List<ManagedChannel> channels = new ArrayList<>();

  ControlPoint(Identity identity) throws IOException {
    server =
        LinkSecurity.secure(builder(), identity)
            .addService(new Joining())
            .addService(ServerInterceptors.intercept(new Linking(), PeerDevice.interceptor()))
            .addTransportFilter(
                new ServerTransportFilter() {
                  @Override
                  public Attributes transportReady(Attributes attributes) {
                    linesOpened.add(attributes.toString());
                    return attributes;
                  }
                })
            .build()
            .start();
  }

  private static NettyServerBuilder builder() {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  ManagedChannel dial(ChannelCredentials credentials) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort(), credentials).build();
    channels.add(channel);
    return channel;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    server.shutdownNow();
    try {
      if (!server.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was ended while its server ended", e);
    }
  }

  private final class Joining extends EnrolmentGrpc.EnrolmentImplBase {
    @Override
    public void join(JoinRequest request, StreamObserver<JoinReply> reply) {
      secretsHeard.add(request.getToken());
      reply.onNext(JoinReply.newBuilder().setDevice(PeerDevice.current().orElse("nobody")).build());
      reply.onCompleted();
    }
  }

  /** Answers every stream with the name of the device that opened it. */
  private static final class Linking extends AgentLinkGrpc.AgentLinkImplBase {
    @Override
    public StreamObserver<FromAgent> connect(StreamObserver<ToAgent> down) {
      String device = PeerDevice.current().orElseThrow();
      down.onNext(ToAgent.newBuilder().setSeen(Seen.newBuilder().setCommand(device)).build());
      down.onCompleted();
      return new Ignoring();
    }
  }

  static final class Ignoring implements StreamObserver<FromAgent> {
    @Override
    public void onNext(FromAgent message) {}

    @Override
    public void onError(Throwable cause) {}

    @Override
    public void onCompleted() {}
  }
}
