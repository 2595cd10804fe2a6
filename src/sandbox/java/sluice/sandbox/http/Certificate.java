package sluice.sandbox.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for 127.0.0.1, made anew by the JDK's keytool and its own authority: whoever is to trust it has to be
 * given {@link #authority()}.
 *
 * @param folder holds its files
 */
record Certificate(Path folder) {

    private static final String ALIAS = "sandbox";
    private static final String PASSWORD = "sandbox";

    /** The PEM file that a client trusts. */
    static Path authority(Path folder) {
        return folder.resolve("authority.pem");
    }

    static Certificate create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot create " + folder, failure);
        }
        Certificate certificate = new Certificate(folder);
        certificate.keytool(List.of(
                "-genkeypair", "-keyalg", "EC", "-dname", "CN=sandbox", "-ext", "san=ip:127.0.0.1", "-validity", "2"));
        certificate.keytool(
                List.of("-exportcert", "-rfc", "-file", authority(folder).toString()));
        return certificate;
    }

    /** What a server needs to show it. */
    SSLContext context() {
        try (InputStream file = Files.newInputStream(keyStore())) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + keyStore(), failure);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("The JDK cannot use what its keytool has made", failure);
        }
    }

    private Path keyStore() {
        return folder.resolve("keys.p12");
    }

    private void keytool(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-alias", ALIAS, "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore"));
        command.add(keyStore().toString());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + output);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot run keytool", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool ran", interrupted);
        }
    }
}
