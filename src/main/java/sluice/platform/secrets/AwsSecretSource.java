package sluice.platform.secrets;

import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * Reads secrets with {@code GetSecretValue} and {@code GetParameter}. The clients are created by the first call, so a
 * function without references to secrets does not pay for them.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 * @see <a href="https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html">GetParameter</a>
 */
@ApplicationScoped
class AwsSecretSource implements SecretSource {

    private final SecretsManagerClient secrets;
    private final SsmClient parameters;

    AwsSecretSource(SecretsManagerClient secrets, SsmClient parameters) {
        this.secrets = secrets;
        this.parameters = parameters;
    }

    @Override
    public String read(SecretReference reference) {
        String text;
        try {
            text = reference.isOfSecretsManager() ? secret(reference.address()) : parameter(reference.address());
        } catch (AwsServiceException exception) {
            // Only the error's code: the service's own text is not ours to trust with a secret.
            throw new SecretException("the secret " + reference.address() + " cannot be read: "
                    + exception.awsErrorDetails().errorCode() + " (HTTP " + exception.statusCode() + ")");
        } catch (SdkException exception) {
            throw new SecretException(
                    "the secret " + reference.address() + " cannot be read: "
                            + exception.getClass().getSimpleName() + ": " + exception.getMessage(),
                    exception);
        }
        if (text == null || text.isBlank()) {
            throw new SecretException("the secret " + reference.address() + " has no text");
        }
        return text;
    }

    private String secret(String arn) {
        return secrets.getSecretValue(request -> request.secretId(arn)).secretString();
    }

    private String parameter(String name) {
        return parameters
                .getParameter(request -> request.name(name).withDecryption(true))
                .parameter()
                .value();
    }
}
