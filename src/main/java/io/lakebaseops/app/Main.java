package io.lakebaseops.app;

public final class Main {
    public static void main(String[] args) {
        System.out.println("x " + Runtime.version());
    }
}
