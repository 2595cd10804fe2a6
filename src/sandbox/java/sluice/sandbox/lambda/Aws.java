package sluice.sandbox.lambda;

/** The account and region that the sandbox pretends to be. */
public final class Aws {

    public static final String ACCOUNT = "000000000000";
    public static final String REGION = "us-east-1";

    /** Credentials that every local server accepts. */
    public static final String ACCESS_KEY = "sandbox";

    public static final String SECRET_KEY = "sandbox";

    private Aws() {}

    /** Amazon Resource Name, such as arn:aws:sqs:us-east-1:000000000000:sluice-generate. */
    static String arn(String service, String resource) {
        return "arn:aws:%s:%s:%s:%s".formatted(service, REGION, ACCOUNT, resource);
    }
}
